/**
 * Tables `ns_pushes` and `emails` as who runs the central puts one back: queued anew, as if never tried. Owns that
 * SQL alone; everything else about them is their consumers'.
 */

/** Which queue an operation's row is of, when it has failed. */
export async function failedOp(db: D1Database, opId: string): Promise<{ table: "ns_pushes" | "emails"; state: string } | null> {
  return db
    .prepare(
      `SELECT 'ns_pushes' AS "table", state FROM ns_pushes WHERE op_id = ?1
       UNION ALL SELECT 'emails', state FROM emails WHERE op_id = ?1`,
    )
    .bind(opId)
    .first<{ table: "ns_pushes" | "emails"; state: string }>();
}

/** Queued anew. The row says so before the queue does: what the queue loses, the clock sends. */
export function requeueStatement(db: D1Database, table: "ns_pushes" | "emails", opId: string, now: string): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE ${table} SET state = 'queued', attempts = 0, lease_until = NULL, enqueued_at = NULL, last_error = NULL,
         updated_at = ?2
       WHERE op_id = ?1 AND state = 'failed'`,
    )
    .bind(opId, now);
}
