/**
 * What devices put on the queues: pushes to NetSuite and emails.
 *
 * Owns that one record has one push and one approved email one sending, and noting which of them a queue was
 * told of. Must not carry one out.
 */

import type { Verdict } from "../push/kind.ts";
import { IS_APPLIED } from "./receipts.ts";

export interface NewPush {
  quote_id: string;
  record: string;
  external_id: string;
  body: string;
}

export interface NewEmail {
  action_id: string;
  quote_id: string;
  customer_id: string | null;
  message: string;
}

const QUEUED = (there: string): string => `
  CASE WHEN ${there}.op_id IS NULL THEN 'applied' ELSE 'conflict' END AS outcome,
  CASE WHEN ${there}.op_id IS NULL THEN '{"queued":true}'
       ELSE json_object('standing', json_object('op_id', ${there}.op_id, 'state', ${there}.state)) END AS result`;

export function pushVerdict(push: NewPush): Verdict {
  return {
    sql: `SELECT ${QUEUED("p")} FROM (SELECT 1) LEFT JOIN ns_pushes p ON p.record = ?10 AND p.external_id = ?11`,
    values: [push.record, push.external_id],
  };
}

export function putPush(db: D1Database, opId: string, push: NewPush, now: string): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO ns_pushes (op_id, quote_id, record, external_id, body, state, updated_at)
       SELECT ?1, ?2, ?3, ?4, ?5, 'queued', ?6 WHERE ${IS_APPLIED}`,
    )
    .bind(opId, push.quote_id, push.record, push.external_id, push.body, now);
}

export function emailVerdict(actionId: string): Verdict {
  return {
    sql: `SELECT ${QUEUED("e")} FROM (SELECT 1) LEFT JOIN emails e ON e.action_id = ?10`,
    values: [actionId],
  };
}

export function putEmail(db: D1Database, opId: string, email: NewEmail, now: string): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO emails (op_id, action_id, quote_id, customer_id, message, state, updated_at)
       SELECT ?1, ?2, ?3, ?4, ?5, 'queued', ?6 WHERE ${IS_APPLIED}`,
    )
    .bind(opId, email.action_id, email.quote_id, email.customer_id, email.message, now);
}

/** The queue was told of these. Those it was not told of are found by the clock. */
export function markEnqueued(
  db: D1Database,
  queue: "NS_PUSH_QUEUE" | "MAIL_QUEUE",
  opIds: string[],
  now: string,
): D1PreparedStatement {
  const table = queue === "NS_PUSH_QUEUE" ? "ns_pushes" : "emails";
  return db
    .prepare(`UPDATE ${table} SET enqueued_at = ?2 WHERE op_id IN (SELECT value FROM json_each(?1))`)
    .bind(JSON.stringify(opIds), now);
}
