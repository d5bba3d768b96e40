/**
 * Tables `enrolment_codes` and `code_attempts`: one-time codes, and codes tried in vain. Owns their SQL.
 * A code is known by its SHA-256 alone.
 */

export interface Code {
  user_id: string;
  user_name: string;
  active: number;
  expires_at: string;
  used_at: string | null;
  device_id: string | null;
}

export function codeOf(db: D1Database, codeHash: string): Promise<Code | null> {
  return db
    .prepare(
      `SELECT c.user_id, u.name AS user_name, u.active, c.expires_at, c.used_at, c.device_id
       FROM enrolment_codes c JOIN users u ON u.id = c.user_id WHERE c.code_hash = ?1`,
    )
    .bind(codeHash)
    .first<Code>();
}

export async function addCode(
  db: D1Database,
  codeHash: string,
  userId: string,
  now: string,
  expiresAt: string,
): Promise<void> {
  await db
    .prepare("INSERT INTO enrolment_codes (code_hash, user_id, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)")
    .bind(codeHash, userId, now, expiresAt)
    .run();
}

/**
 * The statement that uses a code up. A code used by another device since it was read makes it fail, and with it
 * the batch it is in: `device_id` names no device then.
 */
export function useStatement(db: D1Database, codeHash: string, deviceId: string, now: string): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE enrolment_codes SET used_at = coalesce(used_at, ?3),
         device_id = CASE WHEN device_id IS NULL OR device_id = ?2 THEN ?2 ELSE 'used by another device' END
       WHERE code_hash = ?1`,
    )
    .bind(codeHash, deviceId, now);
}

/** How often somebody tried in vain in a span of time. */
export async function attempts(db: D1Database, who: string[], span: number): Promise<number[]> {
  const found = await db
    .prepare("SELECT who, count FROM code_attempts WHERE span = ?1 AND who IN (SELECT value FROM json_each(?2))")
    .bind(span, JSON.stringify(who))
    .all<{ who: string; count: number }>();
  return who.map((one) => found.results.find((row) => row.who === one)?.count ?? 0);
}

/** One more attempt in vain, and older spans forgotten. */
export async function countAttempt(db: D1Database, who: string[], span: number): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM code_attempts WHERE span < ?1").bind(span),
    db
      .prepare(
        `INSERT INTO code_attempts (who, span, count) SELECT value, ?1, 1 FROM json_each(?2) WHERE true
         ON CONFLICT (who, span) DO UPDATE SET count = count + 1`,
      )
      .bind(span, JSON.stringify(who)),
  ]);
}
