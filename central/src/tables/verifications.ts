/**
 * Table `workflow_verify_results` as the clock sees it: claims nobody has proven, with what is known of each. Owns
 * that SQL, and which claims are let be. Must not judge.
 */

export interface Claim {
  run_id: string;
  check_id: "quote_persisted" | "pdf_stored" | "email_sent";
  quote_id: string | null;
  status: "pending" | "failed";
  lifecycle_status: string | null;
  object_key: string | null;
  sha256: string | null;
  email_log_id: string | null;
  /** Why the email failed, when it did. */
  email_error: string | null;
  /** What became of the last email that was to be approved. */
  gate_status: string | null;
}

/**
 * Claims pending since `since`, and claims that failed here of which there is something now. Left out are emails whose
 * gate is open, whose approval is younger than `since`, or that are on their way.
 */
export async function claimsToJudge(db: D1Database, since: string, most: number): Promise<Claim[]> {
  const found = await db
    .prepare(
      `WITH open AS (
         SELECT run_id, check_id, quote_id, status, created_at FROM workflow_verify_results
         WHERE status = 'pending' AND created_at < ?1
         UNION ALL
         SELECT run_id, check_id, quote_id, status, created_at FROM workflow_verify_results
         WHERE status = 'failed' AND evidence ->> '$.by' = 'central'),
       facts AS (
         SELECT o.*, q.lifecycle_status, f.object_key, f.sha256,
           (SELECT l.id FROM outbound_email_log l WHERE l.related_quote_id = o.quote_id
            ORDER BY l.sent_at DESC LIMIT 1) AS email_log_id,
           (SELECT a.id FROM proposed_actions a
            WHERE a.run_id = o.run_id AND a.action_type = 'send_quote_to_customer'
            ORDER BY a.status = 'pending' DESC, a.created_at DESC, a.id DESC LIMIT 1) AS gate_id
         FROM open o LEFT JOIN quotes q ON q.id = o.quote_id
         LEFT JOIN files f ON f.object_key = 'quotes/' || o.quote_id || '.pdf'
         WHERE o.check_id IN ('quote_persisted', 'pdf_stored', 'email_sent'))
       SELECT f.run_id, f.check_id, f.quote_id, f.status, f.lifecycle_status, f.object_key, f.sha256, f.email_log_id,
         iif(e.state = 'failed', coalesce(e.last_error, 'it failed'), NULL) AS email_error, a.status AS gate_status
       FROM facts f LEFT JOIN proposed_actions a ON a.id = f.gate_id LEFT JOIN emails e ON e.action_id = f.gate_id
       WHERE CASE f.check_id
         WHEN 'quote_persisted' THEN f.status = 'pending' OR f.lifecycle_status IS NOT NULL
         WHEN 'pdf_stored' THEN f.status = 'pending' OR f.object_key IS NOT NULL
         ELSE f.email_log_id IS NOT NULL OR f.status = 'pending' AND coalesce(e.state, '') NOT IN ('queued', 'sending')
           AND coalesce(a.status, '') <> 'pending'
           AND (e.state IS NOT NULL OR coalesce(a.status, '') <> 'approved' OR a.updated_at < ?1)
         END
       ORDER BY f.created_at, f.run_id, f.check_id LIMIT ?2`,
    )
    .bind(since, most)
    .all<Claim>();
  return found.results;
}

/** What was found, unless somebody else found something meanwhile. */
export function recordVerdict(
  db: D1Database,
  claim: Claim,
  status: "passed" | "failed",
  evidence: string,
  now: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE workflow_verify_results SET status = ?3, evidence = ?4, checked_at = ?5
       WHERE run_id = ?1 AND check_id = ?2 AND status = ?6`,
    )
    .bind(claim.run_id, claim.check_id, status, evidence, now, claim.status);
}
