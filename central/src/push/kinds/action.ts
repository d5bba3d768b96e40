/**
 * `action`: something is proposed and waits for a person.
 *
 * Owns that an action is stored as exactly what its hash says, once, and that one alone waits under a key.
 * Must not decide it.
 */

import { type JsonObject, NotCanonical, isObject, readCanonical } from "../../canonical.ts";
import { sha256 } from "../../hex.ts";
import { type ActionRow, type NewAction, stage, stageVerdict } from "../../tables/proposed_actions.ts";
import { badPayload, field, maybe } from "../fields.ts";
import { kind } from "../kind.ts";
import { rejected } from "../outcome.ts";
import { notYours } from "../territory.ts";

export const action = kind<NewAction>({
  async read(payload) {
    const proposed: NewAction = {
      id: field(payload, "id", "id"),
      action_type: field(payload, "action_type", "id"),
      action_key: field(payload, "action_key", "line"),
      summary: field(payload, "summary", "text"),
      risk_level: field(payload, "risk_level", "count"),
      customer_id: maybe(payload, "customer_id", "id"),
      quote_id: maybe(payload, "quote_id", "id"),
      draft_id: maybe(payload, "draft_id", "id"),
      run_id: maybe(payload, "run_id", "id"),
      payload: field(payload, "payload", "text"),
      payload_hash: field(payload, "payload_hash", "sha256"),
      drafted_by: field(payload, "drafted_by", "line"),
      created_at: field(payload, "created_at", "time"),
      expires_at: field(payload, "expires_at", "time"),
    };
    if ((await sha256(proposed.payload)) !== proposed.payload_hash) {
      throw rejected("damaged", "what the action shows is not what its hash says", "Submit the draft again.");
    }
    try {
      if (!isObject(readCanonical(proposed.payload))) throw badPayload("what the action shows is not an object");
    } catch (error) {
      if (error instanceof NotCanonical) throw badPayload(`what the action shows is not canonical: ${error.message}`);
      throw error;
    }
    return proposed;
  },

  want(proposed, _op, wanted) {
    wanted.actions.add(proposed.id);
    wanted.keys.add(proposed.action_key);
    if (proposed.customer_id !== null) wanted.customers.add(proposed.customer_id);
  },

  judge({ op, payload: proposed, known, db }) {
    if (proposed.customer_id !== null && !known.mayServe(proposed.customer_id)) throw notYours(proposed.customer_id);
    if (known.actions.has(proposed.id)) {
      throw rejected("id_taken", `action ${proposed.id} is there already`, "Report this: ids are never drawn twice.");
    }
    const standing = known.waiting.get(proposed.action_key);
    return {
      verdict: stageVerdict(proposed),
      releasedBy: null,
      effects: [stage(db, op.op_id, proposed)],
      expected: standing === undefined ? { outcome: "applied", result: null } : { outcome: "conflict", result: null },
      queue: null,
      note(known) {
        if (standing !== undefined) return;
        const shown = readCanonical(proposed.payload) as JsonObject;
        const row = asRow(proposed, shown, known.mayServe(proposed.customer_id ?? ""));
        known.actions.set(row.id, row);
        known.waiting.set(row.action_key, row);
        known.payloads.set(row.id, shown);
      },
    };
  },
});

function asRow(proposed: NewAction, shown: JsonObject, mine: boolean): ActionRow {
  const { id, action_key, payload_hash, customer_id, quote_id, drafted_by, expires_at } = proposed;
  const policy = shown["self_approval"];
  return {
    id, action_key, payload_hash, customer_id, quote_id, drafted_by, expires_at,
    status: "pending", decided_by: null, decided_at: null, decision_note: null, void_reason: null,
    self_approval: typeof policy === "string" ? policy : null, mine: mine ? 1 : 0,
  };
}
