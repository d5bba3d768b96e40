/**
 * Table `quote_outcomes`: what a customer said to a quote.
 *
 * Owns that a quote has one outcome, the first, and that the quote then stands where it says. Must not judge who
 * may record one.
 */

import type { Verdict } from "../push/kind.ts";
import { IS_APPLIED } from "./receipts.ts";

export interface NewOutcome {
  quote_id: string;
  outcome: "accepted" | "declined";
  /** Why; always there when it was declined. */
  reason: string | null;
  competitor: string | null;
  note: string | null;
  decided_by: string;
  decided_at: string;
}

/** Where a quote stands while its customer has said nothing yet. */
export const OPEN: readonly string[] = ["approved", "sent"];

const STANDING = `json_object('standing', json_object('quote_id', s.id, 'lifecycle_status', s.lifecycle_status,
  'outcome', s.outcome, 'reason', s.reason, 'competitor', s.competitor, 'note', s.note,
  'decided_by', s.decided_by, 'decided_at', s.decided_at))`;

/** Whether it can be recorded: the quote waits for one. NULL while the quote is not there, or not approved. */
export function outcomeVerdict(quoteId: string): Verdict {
  return {
    sql: `SELECT CASE WHEN s.id IS NULL OR s.lifecycle_status IN ('draft', 'proposed') THEN NULL
                      WHEN s.is_open THEN 'applied' ELSE 'conflict' END AS outcome,
                 CASE WHEN NOT s.is_open THEN ${STANDING} END AS result
          FROM (SELECT 1) LEFT JOIN (
            SELECT q.id, q.lifecycle_status, o.outcome, o.reason, o.competitor, o.note, o.decided_by, o.decided_at,
              o.quote_id IS NULL AND q.lifecycle_status IN (SELECT value FROM json_each(?11)) AS is_open
            FROM quotes q LEFT JOIN quote_outcomes o ON o.quote_id = q.id WHERE q.id = ?10) s`,
    values: [quoteId, JSON.stringify(OPEN)],
  };
}

export function putOutcome(db: D1Database, opId: string, made: NewOutcome, now: string): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO quote_outcomes (quote_id, outcome, reason, competitor, note, decided_by, decided_at, updated_at)
       SELECT ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE ${IS_APPLIED}`,
    )
    .bind(
      opId, made.quote_id, made.outcome, made.reason, made.competitor, made.note, made.decided_by, made.decided_at, now,
    );
}

/** The quote stands where its outcome says. */
export function markAnswered(db: D1Database, opId: string, made: NewOutcome, now: string): D1PreparedStatement {
  return db
    .prepare(`UPDATE quotes SET lifecycle_status = ?3, updated_at = ?4 WHERE id = ?2 AND ${IS_APPLIED}`)
    .bind(opId, made.quote_id, made.outcome, now);
}
