/**
 * Tables `devices` and `sign_ins`: which devices there are and which tokens they have had. Owns their SQL.
 * A token is known by its SHA-256 alone.
 */

export interface Device {
  id: string;
  user_id: string;
  tag: string;
  public_key: string;
  name: string;
  token_hash: string;
  enrolled_at: string;
  last_seen_at: string | null;
  revoked_at: string | null;
}

export function deviceByKey(db: D1Database, publicKey: string): Promise<Device | null> {
  return db.prepare("SELECT * FROM devices WHERE public_key = ?1").bind(publicKey).first<Device>();
}

export function deviceByTag(db: D1Database, tag: string): Promise<Device | null> {
  return db.prepare("SELECT * FROM devices WHERE tag = ?1").bind(tag).first<Device>();
}

/** A device, and whether its user is active. */
export function deviceWithUser(db: D1Database, id: string): Promise<(Device & { active: number }) | null> {
  return db
    .prepare("SELECT d.*, u.active FROM devices d JOIN users u ON u.id = d.user_id WHERE d.id = ?1")
    .bind(id)
    .first<Device & { active: number }>();
}

export interface SignIn {
  device_id: string;
  expires_at: string;
}

export function signInOf(db: D1Database, tokenHash: string): Promise<SignIn | null> {
  return db
    .prepare("SELECT device_id, expires_at FROM sign_ins WHERE token_hash = ?1")
    .bind(tokenHash)
    .first<SignIn>();
}

/** The statements that make a token the device's one good token. */
export function tokenStatements(
  db: D1Database,
  deviceId: string,
  tokenHash: string,
  issuedAt: string,
  expiresAt: string,
): D1PreparedStatement[] {
  return [
    db
      .prepare("INSERT INTO sign_ins (token_hash, device_id, issued_at, expires_at) VALUES (?1, ?2, ?3, ?4)")
      .bind(tokenHash, deviceId, issuedAt, expiresAt),
    db.prepare("UPDATE devices SET token_hash = ?2 WHERE id = ?1").bind(deviceId, tokenHash),
  ];
}

/**
 * A device as it is enrolled. Enrolled again by its own key it keeps its id, may have another name, and is revoked
 * no more: its old token stays worth nothing.
 */
export function enrolStatement(db: D1Database, device: Omit<Device, "last_seen_at" | "revoked_at">): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO devices (id, user_id, tag, public_key, name, token_hash, enrolled_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT (public_key) DO UPDATE SET name = excluded.name, tag = excluded.tag, revoked_at = NULL`,
    )
    .bind(device.id, device.user_id, device.tag, device.public_key, device.name, device.token_hash, device.enrolled_at);
}

export async function markSeen(db: D1Database, id: string, at: string): Promise<void> {
  await db.prepare("UPDATE devices SET last_seen_at = ?2 WHERE id = ?1").bind(id, at).run();
}

/** Whether there is such a device; revoked once, it stays revoked since then, until it is enrolled anew. */
export async function revoke(db: D1Database, id: string, at: string): Promise<Device | null> {
  return db
    .prepare("UPDATE devices SET revoked_at = coalesce(revoked_at, ?2) WHERE id = ?1 RETURNING *")
    .bind(id, at)
    .first<Device>();
}

export interface ListedDevice {
  id: string;
  name: string;
  tag: string;
  user: string;
  role: string;
  enrolled_at: string;
  last_seen_at: string | null;
  revoked_at: string | null;
  token_expires_at: string | null;
}

export async function listDevices(db: D1Database): Promise<ListedDevice[]> {
  const found = await db
    .prepare(
      `SELECT d.id, d.name, d.tag, u.name AS user, u.role, d.enrolled_at, d.last_seen_at, d.revoked_at,
         (SELECT s.expires_at FROM sign_ins s WHERE s.token_hash = d.token_hash) AS token_expires_at
       FROM devices d JOIN users u ON u.id = d.user_id ORDER BY d.enrolled_at, d.id`,
    )
    .all<ListedDevice>();
  return found.results;
}
