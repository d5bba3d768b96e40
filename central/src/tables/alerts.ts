/**
 * Table `alerts`: what wants a person. Owns the SQL by which one is resolved.
 */

/** When it was resolved, or null when there is no such alert. */
export async function resolveAlert(db: D1Database, id: string, now: string): Promise<string | null> {
  const row = await db
    .prepare("UPDATE alerts SET resolved_at = coalesce(resolved_at, ?2) WHERE id = ?1 RETURNING resolved_at")
    .bind(id, now)
    .first<{ resolved_at: string }>();
  return row?.resolved_at ?? null;
}

/** The statement that resolves all alerts of one operation. */
export function resolveAlertsOf(db: D1Database, opId: string, now: string): D1PreparedStatement {
  return db
    .prepare("UPDATE alerts SET resolved_at = ?2 WHERE op_id = ?1 AND resolved_at IS NULL")
    .bind(opId, now);
}
