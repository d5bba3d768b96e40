/**
 * Table `proposed_actions` as the clock sees it: gates that are overdue. Owns that SQL.
 */

/** Those past their hour that came to the central before `received`; how many there were. */
export async function expireOverdue(db: D1Database, now: string, received: string): Promise<number> {
  const done = await db
    .prepare(
      `UPDATE proposed_actions SET status = 'expired', updated_at = ?1
       WHERE status = 'pending' AND expires_at < ?1
         AND EXISTS (SELECT 1 FROM receipts r WHERE r.op_id = proposed_actions.id || '.staged' AND r.applied_at < ?2)
       RETURNING id`,
    )
    .bind(now, received)
    .all();
  return done.results.length;
}
