/**
 * Proposed actions as devices stage, void, let expire and decide them.
 *
 * Owns comparing and setting their status: each change holds only while the action is as it was thought to
 * be. Must not judge who may do it.
 */

import type { Verdict } from "../push/kind.ts";
import { IS_APPLIED } from "./receipts.ts";

/** An action without its payload, which can be long. */
export interface ActionRow {
  id: string;
  action_key: string;
  status: string;
  payload_hash: string;
  customer_id: string | null;
  quote_id: string | null;
  drafted_by: string;
  expires_at: string;
  decided_by: string | null;
  decided_at: string | null;
  decision_note: string | null;
  void_reason: string | null;
  /** What its contract says of who drafted it also approving it, if it says so. */
  self_approval: string | null;
  /** Whether its customer is in the territory of the sales rep asked for. */
  mine: 0 | 1;
}

export interface NewAction {
  id: string;
  action_type: string;
  action_key: string;
  summary: string;
  risk_level: number;
  customer_id: string | null;
  quote_id: string | null;
  draft_id: string | null;
  run_id: string | null;
  payload: string;
  payload_hash: string;
  drafted_by: string;
  created_at: string;
  expires_at: string;
}

const ROW = `a.id, a.action_key, a.status, a.payload_hash, a.customer_id, a.quote_id, a.drafted_by, a.expires_at,
  a.decided_by, a.decided_at, a.decision_note, a.void_reason, a.payload ->> 'self_approval' AS self_approval,
  EXISTS (SELECT 1 FROM territories y WHERE y.customer_id = a.customer_id AND y.sales_rep = ?2) AS mine`;

export function actionsOf(db: D1Database, ids: string[], salesRep: string | null): D1PreparedStatement {
  return db
    .prepare(`SELECT ${ROW} FROM proposed_actions a WHERE a.id IN (SELECT value FROM json_each(?1))`)
    .bind(JSON.stringify(ids), salesRep);
}

export function pendingUnder(db: D1Database, keys: string[], salesRep: string | null): D1PreparedStatement {
  return db
    .prepare(
      `SELECT ${ROW} FROM proposed_actions a
       WHERE a.status = 'pending' AND a.action_key IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(keys), salesRep);
}

/** Payloads of these actions and of those the operations decided, as many as fit into `most` bytes, one at least. */
export function payloadsDecidedBy(
  db: D1Database,
  opIds: string[],
  actionIds: string[],
  salesRep: string | null,
  most: number,
): D1PreparedStatement {
  return db
    .prepare(
      `WITH named AS (
         SELECT DISTINCT r.result ->> 'action_id' AS id FROM receipts r
         WHERE r.kind = 'decision' AND r.op_id IN (SELECT value FROM json_each(?1))
         UNION SELECT value FROM json_each(?4)),
       sized AS (
         SELECT p.id, sum(octet_length(p.payload)) OVER (ORDER BY p.id) AS upto,
           row_number() OVER (ORDER BY p.id) AS place
         FROM proposed_actions p WHERE p.id IN (SELECT id FROM named))
       SELECT ${ROW}, a.payload FROM proposed_actions a
       WHERE a.id IN (SELECT id FROM sized WHERE upto <= ?3 OR place = 1)`,
    )
    .bind(JSON.stringify(opIds), salesRep, most, JSON.stringify(actionIds));
}

const STANDING = `json_object('standing', json_object('action_id', a.id, 'status', a.status, 'drafted_by', a.drafted_by,
  'decided_by', a.decided_by, 'decided_at', a.decided_at, 'decision_note', a.decision_note,
  'void_reason', a.void_reason))`;

/** Whether it can be staged: nothing else waits under its key. */
export function stageVerdict(action: NewAction): Verdict {
  return {
    sql: `SELECT CASE WHEN EXISTS (SELECT 1 FROM proposed_actions WHERE id = ?10) THEN NULL
                      WHEN a.id IS NULL THEN 'applied' ELSE 'conflict' END AS outcome,
                 CASE WHEN a.id IS NOT NULL THEN ${STANDING} END AS result
          FROM (SELECT 1) LEFT JOIN proposed_actions a ON a.action_key = ?11 AND a.status = 'pending'`,
    values: [action.id, action.action_key],
  };
}

export function stage(db: D1Database, opId: string, action: NewAction): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO proposed_actions (id, action_type, action_key, status, summary, risk_level, customer_id, quote_id,
         draft_id, run_id, payload, payload_hash, drafted_by, created_at, expires_at, updated_at)
       SELECT ?2, ?3, ?4, 'pending', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14 WHERE ${IS_APPLIED}`,
    )
    .bind(
      opId, action.id, action.action_type, action.action_key, action.summary, action.risk_level, action.customer_id,
      action.quote_id, action.draft_id, action.run_id, action.payload, action.payload_hash, action.drafted_by,
      action.created_at, action.expires_at,
    );
}

/** Whether it can still be voided or expire. `staged` names the operation that would have staged it. */
export function closeVerdict(actionId: string, staged: string): Verdict {
  return {
    sql: `SELECT CASE WHEN a.id IS NULL THEN CASE s.outcome WHEN 'conflict' THEN 'conflict' END
                      WHEN a.status = 'pending' THEN 'applied' ELSE 'conflict' END AS outcome,
                 CASE WHEN a.id IS NULL THEN s.result WHEN a.status <> 'pending' THEN ${STANDING} END AS result
          FROM (SELECT 1) LEFT JOIN proposed_actions a ON a.id = ?10 LEFT JOIN receipts s ON s.op_id = ?11`,
    values: [actionId, staged],
  };
}

export function markVoided(
  db: D1Database,
  opId: string,
  voided: { id: string; reason: string; replaced_by: string | null; voided_at: string },
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE proposed_actions SET status = 'voided', void_reason = ?3, replaced_by = ?4, updated_at = ?5
       WHERE id = ?2 AND ${IS_APPLIED}`,
    )
    .bind(opId, voided.id, voided.reason, voided.replaced_by, voided.voided_at);
}

export function markExpired(db: D1Database, opId: string, actionId: string, at: string): D1PreparedStatement {
  return db
    .prepare(`UPDATE proposed_actions SET status = 'expired', updated_at = ?3 WHERE id = ?2 AND ${IS_APPLIED}`)
    .bind(opId, actionId, at);
}

export interface DecisionFacts {
  action_id: string;
  verdict: "approved" | "rejected";
  payload_hash: string;
  decided_by: string;
  decided_at: string;
  note: string | null;
}

/** Which operations a decision's fate depends on, by name. */
export interface Around {
  /** What would have staged its action. */
  staged: string;
  /** What would have let its action expire on a device; none: the central did. */
  expired: string;
}

/**
 * Whether a decision stands: on what it shows, while the action waits, or expired here, unasked, while the
 * decision was already made on a device that was offline. NULL when its place in its key's chain is taken or
 * its neighbours do not fit.
 */
export function decideVerdict(
  decision: DecisionFacts,
  around: Around,
  link: { public_key: string; seq: number; prev_hash: string; hash: string },
): Verdict {
  return {
    sql: `SELECT CASE
            WHEN EXISTS (SELECT 1 FROM decisions d WHERE d.public_key = ?16 AND (
                (d.seq = ?17 AND d.hash <> ?19) OR (d.seq = ?17 - 1 AND d.hash <> ?18)
                OR (d.seq = ?17 + 1 AND d.prev_hash <> ?19))) THEN NULL
            WHEN a.id IS NULL THEN CASE s.outcome WHEN 'conflict' THEN 'conflict' END
            WHEN w.stands THEN 'applied' ELSE 'conflict' END AS outcome,
          CASE WHEN a.id IS NULL THEN s.result
               WHEN w.stands THEN json_object('action_id', a.id, 'status', ?15)
               ELSE ${STANDING} END AS result
          FROM (SELECT 1)
          LEFT JOIN proposed_actions a ON a.id = ?10
          LEFT JOIN receipts s ON s.op_id = ?11
          LEFT JOIN (SELECT p.id, p.payload_hash = ?13 AND (p.status = 'pending' OR (
              p.status = 'expired' AND ?14 <= p.expires_at
              AND NOT EXISTS (SELECT 1 FROM receipts WHERE op_id = ?12 AND outcome = 'applied'))) AS stands
            FROM proposed_actions p WHERE p.id = ?10) w`,
    values: [
      decision.action_id, around.staged, around.expired, decision.payload_hash, decision.decided_at, decision.verdict,
      link.public_key, link.seq, link.prev_hash, link.hash,
    ],
  };
}

export function markDecided(db: D1Database, opId: string, decision: DecisionFacts, now: string): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE proposed_actions SET status = ?3, decided_by = ?4, decided_at = ?5, decision_note = ?6, updated_at = ?7
       WHERE id = ?2 AND ${IS_APPLIED}`,
    )
    .bind(
      opId, decision.action_id, decision.verdict, decision.decided_by, decision.decided_at, decision.note, now,
    );
}
