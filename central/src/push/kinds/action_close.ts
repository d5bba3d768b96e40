/**
 * `action_void` and `action_expire`: an action that nobody shall decide any more.
 *
 * Owns that only a waiting one is closed: a decision that came first stands. Must not delete it.
 */

import type { ActionRow } from "../../tables/proposed_actions.ts";
import { closeVerdict, markExpired, markVoided } from "../../tables/proposed_actions.ts";
import type { Verdict } from "../kind.ts";
import { badPayload, field, maybe } from "../fields.ts";
import { type Case, type Change, kind } from "../kind.ts";
import { opOf } from "../names.ts";
import { notYet, rejected } from "../outcome.ts";
import { mayClose, notYours } from "../territory.ts";

interface Closing {
  id: string;
  staged: string;
}

interface Voiding extends Closing {
  reason: string;
  replaced_by: string | null;
  voided_at: string;
  voided_by: string;
}

interface Expiring extends Closing {
  expired_at: string;
}

export const actionVoid = kind<Voiding>({
  async read(payload) {
    const id = field(payload, "id", "id");
    return {
      id,
      staged: await opOf(id, "staged"),
      reason: field(payload, "reason", "text"),
      replaced_by: maybe(payload, "replaced_by", "id"),
      voided_at: field(payload, "voided_at", "time"),
      voided_by: field(payload, "voided_by", "line"),
    };
  },
  want(closing, _op, wanted) {
    wanted.actions.add(closing.id);
    wanted.receipts.add(closing.staged);
  },
  judge(given) {
    const { op, payload: voiding, who, db } = given;
    if (voiding.voided_by !== who.user_name) {
      throw rejected("other_user", `${voiding.voided_by} voided this, not ${who.user_name}`, "It is sent by that person's device.");
    }
    return closed(given, "voided", markVoided(db, op.op_id, voiding));
  },
});

export const actionExpire = kind<Expiring>({
  async read(payload) {
    const id = field(payload, "id", "id");
    return { id, staged: await opOf(id, "staged"), expired_at: field(payload, "expired_at", "time") };
  },
  want(closing, _op, wanted) {
    wanted.actions.add(closing.id);
    wanted.receipts.add(closing.staged);
  },
  judge(given) {
    const { op, payload: expiring, known, db } = given;
    const action = known.actions.get(expiring.id);
    if (action !== undefined && expiring.expired_at < action.expires_at) {
      throw badPayload(`action ${action.id} waits until ${action.expires_at}`);
    }
    return closed(given, "expired", markExpired(db, op.op_id, expiring.id, expiring.expired_at));
  },
});

function closed(given: Case<Closing>, to: string, effect: D1PreparedStatement): Change {
  const { payload: closing, known, who } = given;
  const action = known.actions.get(closing.id);
  const verdict: Verdict = closeVerdict(closing.id, closing.staged);
  if (action === undefined) {
    if (known.receipts.get(closing.staged)?.outcome !== "conflict") {
      throw notYet(`action ${closing.id} has not arrived`);
    }
  } else if (!mayClose(who, action)) {
    throw notYours(action.customer_id);
  }
  const isWaiting = action?.status === "pending";
  return {
    verdict,
    releasedBy: null,
    effects: [effect],
    expected: { outcome: isWaiting ? "applied" : "conflict", result: null },
    queue: null,
    note(known) {
      if (action === undefined || !isWaiting) return;
      const row: ActionRow = { ...action, status: to };
      known.actions.set(row.id, row);
      known.waiting.delete(row.action_key);
    },
  };
}
