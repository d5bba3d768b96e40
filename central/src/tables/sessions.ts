/**
 * Who speaks: a token, its device and its user, in one query. Owns that query. Must not judge what it finds.
 */

import { heardEpoch } from "./meta.ts";

export interface Session {
  device_id: string;
  device_tag: string;
  public_key: string;
  user_id: string;
  user_name: string;
  role: "rep" | "approver" | "admin";
  sales_rep: string | null;
  feed_epoch: string;
  token_expires_at: string;
  /** The database's epoch. */
  epoch: string;
}

export interface FoundSession extends Session {
  /** 0 when another token has taken its place. */
  current: number;
  active: number;
  revoked_at: string | null;
  last_seen_at: string | null;
}

export async function findSession(db: D1Database, tokenHash: string): Promise<FoundSession | null> {
  const found = await db
    .prepare(
      `SELECT d.id AS device_id, d.tag AS device_tag, d.public_key, u.id AS user_id, u.name AS user_name, u.role,
         u.sales_rep, u.feed_epoch, s.expires_at AS token_expires_at, s.token_hash = d.token_hash AS current,
         u.active, d.revoked_at, d.last_seen_at, (SELECT value FROM meta WHERE name = 'epoch') AS epoch
       FROM sign_ins s JOIN devices d ON d.id = s.device_id JOIN users u ON u.id = d.user_id
       WHERE s.token_hash = ?1`,
    )
    .bind(tokenHash)
    .first<FoundSession>();
  if (found !== null) heardEpoch(found.epoch);
  return found;
}
