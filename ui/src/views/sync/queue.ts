// The queue as a person looks at it: by what it is about, with what stands behind an item that was set aside. Pure.

import type { ActionListed, DraftListed, QueuedOp, SyncStatus } from "../../lib/gen/api";
import { to } from "../../lib/routes";

export type About = { kind: string; id: string; title: string; address: string | null };
export type Group = About & { ops: QueuedOp[] };

const PLACES: Record<string, { title: string; address: (id: string) => string | null }> = {
  quote: { title: "Quote", address: (id) => to("quotes", id) },
  draft: { title: "Draft", address: (id) => to("draft", id) },
  action: { title: "Action", address: (id) => to("approvals", id) },
  run: { title: "Run", address: (id) => to("runs", id) },
  alert: { title: "Alert", address: () => null },
};

/** What drafts and actions are called, by what operations say they are about. */
export type Names = ReadonlyMap<string, string>;

export function namesOf(drafts: readonly DraftListed[], actions: readonly ActionListed[]): Names {
  // A customer who went to another territory is known here by id alone.
  const customerOf = (draft: DraftListed): string => draft.customer_name ?? draft.customer_id ?? "a customer not chosen yet";
  return new Map([
    ...drafts.map((draft) => [`draft:${draft.draft_id}`, `Draft for ${customerOf(draft)}`] as const),
    ...actions.map((action) => [`action:${action.action_id}`, action.summary] as const),
  ]);
}

/** What an operation is about: `quote:q-1` is the quote q-1. A draft or an action goes by its name, when it has one. */
export function aboutOf(about: string, names: Names = new Map()): About {
  const at = about.indexOf(":");
  const [kind, id] = at < 0 ? ["", about] : [about.slice(0, at), about.slice(at + 1)];
  const place = PLACES[kind];
  return { kind, id, title: names.get(about) ?? (place ? `${place.title} ${id}` : about), address: place?.address(id) ?? null };
}

/** Operations by what they are about, in the order of the queue. */
export function grouped(ops: readonly QueuedOp[], names: Names = new Map()): Group[] {
  const groups = new Map<string, Group>();
  for (const op of ops) {
    const group = groups.get(op.about) ?? { ...aboutOf(op.about, names), ops: [] };
    group.ops.push(op);
    groups.set(op.about, group);
  }
  return [...groups.values()];
}

/** What waits behind a parked item: what is about the same thing, and all of it when only one item is parked. */
export function behind(parked: QueuedOp, status: Pick<SyncStatus, "next" | "blocked" | "parked_items">): QueuedOp[] {
  const held = status.next.filter((op) => status.blocked.includes(op.op_id));
  return status.parked_items.length === 1 ? held : held.filter((op) => op.about === parked.about);
}

/** What discarding an operation of a kind does. */
export function discarding(kind: string): string {
  switch (kind) {
    case "decision":
      return "The decision is taken back here: the action is pending again, and what it released does not go either.";
    case "action":
      return "The action is voided here and stays as a record; nobody else will see it.";
    case "http_call":
      return "The document does not reach the central. It stays on this device.";
    case "queue":
      return "The message does not go: NetSuite, or the customer’s mailbox, will not get it.";
    case "draft_chunk":
      return "This change of the draft stays on this device; the others will not see it.";
    default:
      return "The central will not get these rows; what it holds takes their place here.";
  }
}
