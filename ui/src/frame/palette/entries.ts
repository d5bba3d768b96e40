// What the palette lists for a text: what was found first when something was typed, and what can be done. Pure.

import type { Command } from "../../lib/commands.svelte";
import type { Found, FoundKind } from "../../lib/gen/api";
import { to } from "../../lib/routes";

export type Entry =
  | { kind: "command"; id: string; group: string; label: string; command: Command }
  | { kind: "found"; id: string; group: string; label: string; detail: string; address: string };

const GROUPS: Record<FoundKind, string> = {
  customer: "Customers", item: "Items", quote: "Quotes", action: "Approvals", draft: "Drafts", run: "Runs",
};

/** Where something found is shown. */
export function addressOf(found: Found): string {
  switch (found.kind) {
    case "customer":
      return to("customers", found.id);
    case "item":
      return to("catalog", found.id);
    case "quote":
      return to("quotes", found.id);
    case "action":
      return to("approvals", found.id);
    case "draft":
      return to("draft", found.id);
    case "run":
      return to("runs", found.id);
  }
}

/** Every word of the text begins a word of the label, or stands inside it. */
export function fits(label: string, text: string): boolean {
  const low = label.toLowerCase();
  return text.toLowerCase().split(/\s+/).filter(Boolean).every((word) => low.includes(word));
}

/** The list, each group together. The same command offered twice is listed once, as the latest offer has it. */
export function entries(text: string, commands: readonly Command[], found: readonly Found[]): Entry[] {
  const listed = new Map<string, Command>();
  for (const command of commands) {
    if (!command.keysOnly && !listed.has(command.id) && fits(command.label, text)) listed.set(command.id, command);
  }
  const doing = [...listed.values()].map(
    (command): Entry => ({ kind: "command", id: command.id, group: command.group ?? "This page", label: command.label, command }),
  );
  const finding = found.map(
    (one): Entry => ({
      kind: "found", id: `${one.kind} ${one.id}`, group: GROUPS[one.kind], label: one.title, detail: one.detail,
      address: addressOf(one),
    }),
  );
  const order = [...new Set([...doing, ...finding].map((entry) => entry.group))];
  const all = text.trim() === "" ? doing : [...doing.slice(0, 4), ...finding, ...doing.slice(4)];
  return order.flatMap((group) => all.filter((entry) => entry.group === group));
}
