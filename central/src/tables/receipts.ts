/**
 * Receipts: what was answered to each operation.
 *
 * Owns writing one, with what the database itself finds to be the outcome, and reading them. A receipt is
 * never changed. Must not hold what an operation does.
 */

import type { Op } from "../push/envelope.ts";
import type { Verdict } from "../push/kind.ts";
import type { Session } from "./sessions.ts";

export interface ReceiptRow {
  op_id: string;
  payload_hash: string;
  kind: string;
  outcome: "applied" | "conflict";
  result: string | null;
}

export function receiptsOf(db: D1Database, opIds: string[]): D1PreparedStatement {
  return db
    .prepare(
      `SELECT op_id, payload_hash, kind, outcome, result FROM receipts
       WHERE op_id IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(opIds));
}

/**
 * Put a receipt in, and give what it says. It fails, and with it everything beside it in the batch, when there
 * is one already, when what the operation names as `after` was not applied or is not the approval of the
 * action that releases it, and when the verdict is NULL.
 */
export function putReceipt(
  db: D1Database,
  op: Op,
  who: Session,
  change: { verdict: Verdict; releasedBy: string | null },
  now: string,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO receipts (op_id, payload_hash, kind, aggregate, device_id, user_id, outcome, result, applied_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6,
         CASE WHEN ?8 IS NULL OR EXISTS (
             SELECT 1 FROM receipts
             WHERE op_id = ?8 AND outcome = 'applied'
               AND (?9 IS NULL OR (kind = 'decision' AND result ->> 'status' = 'approved'
                 AND result ->> 'action_id' = ?9)))
           THEN v.outcome END,
         v.result, ?7
       FROM (${change.verdict.sql}) AS v
       RETURNING op_id, outcome, result`,
    )
    .bind(
      op.op_id, op.payload_hash, op.kind, op.aggregate, who.device_id, who.user_id, now, op.after,
      change.releasedBy,
      ...change.verdict.values,
    );
}

/** For the effects of an operation that could also have ended in conflict: `?1` is its op id. */
export const IS_APPLIED = `EXISTS (SELECT 1 FROM receipts WHERE op_id = ?1 AND outcome = 'applied')`;
