/**
 * Signed decisions, each bound to the one before it of the same key.
 *
 * Owns keeping every one that was signed as it must be, also those that came second, and telling people of
 * the latter. Must not check a signature.
 */

export interface LinkRow {
  seq: number;
  hash: string;
  prev_hash: string;
}

export interface NewDecision {
  public_key: string;
  seq: number;
  action_id: string;
  record: string;
  prev_hash: string;
  hash: string;
  signature: string;
  device_id: string;
}

/** Decisions of a key at these places of its chain. */
export function linksOf(db: D1Database, publicKey: string, seqs: number[]): D1PreparedStatement {
  return db
    .prepare(
      `SELECT seq, hash, prev_hash FROM decisions
       WHERE public_key = ?1 AND seq IN (SELECT value FROM json_each(?2))`,
    )
    .bind(publicKey, JSON.stringify(seqs));
}

/** Keep it, as what its receipt says it is. The very same one under another operation is there already. */
export function keepDecision(db: D1Database, opId: string, decision: NewDecision, now: string): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO decisions (public_key, seq, action_id, record, prev_hash, hash, signature, device_id, outcome,
         received_at)
       SELECT ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, CASE r.outcome WHEN 'applied' THEN 'stands' ELSE 'overruled' END, ?10
       FROM receipts r
       WHERE r.op_id = ?1 AND NOT EXISTS (SELECT 1 FROM decisions WHERE public_key = ?2 AND seq = ?3)`,
    )
    .bind(
      opId, decision.public_key, decision.seq, decision.action_id, decision.record, decision.prev_hash, decision.hash,
      decision.signature, decision.device_id, now,
    );
}

/** Tell both people that a decision was overruled, and by what. */
export function alertOverruled(
  db: D1Database,
  opId: string,
  decision: { action_id: string; verdict: string; decided_by: string },
  now: string,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO alerts (id, run_id, op_id, quote_id, customer_id, message, created_at)
       SELECT 'overruled.' || r.op_id, a.run_id, r.op_id, a.quote_id, a.customer_id,
         ?3 || CASE ?4 WHEN 'approved' THEN '’s approval of ' ELSE '’s rejection of ' END
           || coalesce(a.quote_id, 'action ' || ?2) || ' does not count: '
           || CASE coalesce(a.status, 'unasked')
                WHEN 'approved' THEN a.decided_by || ' approved it first'
                WHEN 'rejected' THEN a.decided_by || ' rejected it first'
                WHEN 'voided' THEN 'it had been voided'
                WHEN 'expired' THEN 'it had expired'
                WHEN 'unasked' THEN 'another one was waiting under the same key'
                ELSE 'it was made on other content' END,
         ?5
       FROM receipts r LEFT JOIN proposed_actions a ON a.id = ?2
       WHERE r.op_id = ?1 AND r.outcome = 'conflict'`,
    )
    .bind(opId, decision.action_id, decision.decided_by, decision.verdict, now);
}
