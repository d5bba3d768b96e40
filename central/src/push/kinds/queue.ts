/**
 * `queue`: a record for NetSuite, or an approved email.
 *
 * Owns that exactly what was approved is queued, and once. Must not send it: the queues' consumers do.
 */

import { type JsonObject, canonical } from "../../canonical.ts";
import {
  type NewEmail, type NewPush, emailVerdict, pushVerdict, putEmail, putPush,
} from "../../tables/outgoing.ts";
import type { Op } from "../envelope.ts";
import { badPayload, field, isId, word } from "../fields.ts";
import { type Case, type Change, kind } from "../kind.ts";
import { approvedBy, notReleased, releaseOf, same } from "../released.ts";

type Queued =
  | { queue: "NS_PUSH_QUEUE"; record: string; payload: JsonObject; external_id: string }
  | { queue: "MAIL_QUEUE"; message: JsonObject; action_id: string };

export const queue = kind<Queued>({
  read(payload) {
    if (word(payload, "queue", ["NS_PUSH_QUEUE", "MAIL_QUEUE"]) === "MAIL_QUEUE") {
      return { queue: "MAIL_QUEUE", message: field(payload, "message", "object"), action_id: field(payload, "action_id", "id") };
    }
    const pushed = field(payload, "payload", "object");
    return {
      queue: "NS_PUSH_QUEUE",
      record: field(payload, "record", "id"),
      payload: pushed,
      external_id: field(pushed, "external_id", "id"),
    };
  },

  want(_queued, op: Op, wanted) {
    if (op.after !== null) wanted.releases.add(op.after);
  },

  judge(given) {
    const { payload: queued } = given;
    return queued.queue === "MAIL_QUEUE" ? email(given, queued) : push(given, queued);
  },
});

function push(given: Case<Queued>, queued: Queued & { queue: "NS_PUSH_QUEUE" }): Change {
  const { op, known, db, now } = given;
  const { action, entry } = releaseOf(op, known);
  const isThis =
    entry["does"] === "push" &&
    entry["queue"] === queued.queue &&
    entry["record"] === queued.record &&
    same(entry["payload"], queued.payload);
  if (!isThis) throw notReleased(`action ${action.id} releases another push than this`);
  const made: NewPush = {
    quote_id: action.quote_id ?? queued.external_id,
    record: queued.record,
    external_id: queued.external_id,
    body: canonical(queued.payload),
  };
  return {
    verdict: pushVerdict(made),
    releasedBy: action.id,
    effects: [putPush(db, op.op_id, made, now)],
    expected: { outcome: "applied", result: { queued: true } },
    queue: queued.queue,
  };
}

function email(given: Case<Queued>, queued: Queued & { queue: "MAIL_QUEUE" }): Change {
  const { op, known, db, now } = given;
  const { action, payload } = approvedBy(op, known);
  if (action.id !== queued.action_id || !same(payload["email"], queued.message)) {
    throw notReleased(`action ${action.id} releases another email than this`);
  }
  const quoteId = queued.message["quote_id"] ?? action.quote_id;
  if (!isId(quoteId)) throw badPayload("the email names no quote");
  const made: NewEmail = {
    action_id: action.id,
    quote_id: quoteId,
    customer_id: action.customer_id,
    message: canonical(queued.message),
  };
  return {
    verdict: emailVerdict(action.id),
    releasedBy: action.id,
    effects: [putEmail(db, op.op_id, made, now)],
    expected: { outcome: "applied", result: { queued: true } },
    queue: queued.queue,
  };
}
