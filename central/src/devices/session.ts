/**
 * Whether a call comes from a device that may speak: its token, its user and its version. Owns that judgement.
 */

import { sha256 } from "../hex.ts";
import type { Call } from "../http/call.ts";
import { HttpError, unauthorized } from "../http/errors.ts";
import { markSeen } from "../tables/devices.ts";
import { findSession, type Session } from "../tables/sessions.ts";
import { olderThan } from "./version.ts";

const ASK_ADMIN = "Ask who runs the central.";
/** A device's last call is kept no finer than this. */
const SEEN_EVERY_MS = 5 * 60_000;

export async function signedIn(call: Call): Promise<Session> {
  requireVersion(call);
  const token = bearer(call.request);
  if (token === null) {
    throw unauthorized("token_missing", "This device is not signed in.", "Connect it with a code from who runs the central.");
  }
  const found = await findSession(call.env.DB, await sha256(token));
  if (found === null || found.current === 0) {
    throw unauthorized("token_unknown", "The central does not know this device's token.", "The device asks for another by itself.");
  }
  requireStanding(found);
  if (found.token_expires_at <= call.now) {
    throw unauthorized("token_expired", "This device's token has expired.", "The device asks for another by itself.");
  }
  if (found.last_seen_at === null || Date.parse(call.now) - Date.parse(found.last_seen_at) > SEEN_EVERY_MS) {
    call.ctx.waitUntil(markSeen(call.env.DB, found.device_id, call.now));
  }
  return found;
}

/** The token of `Authorization: Bearer …`. */
export function bearer(request: Request): string | null {
  return /^Bearer ([A-Za-z0-9._~+/=-]{1,512})$/.exec(request.headers.get("Authorization") ?? "")?.[1] ?? null;
}

/** A device that was revoked, or whose user is not active, may nothing. */
export function requireStanding(of: { revoked_at: string | null; active: number }): void {
  if (of.revoked_at !== null) throw unauthorized("device_revoked", "This device has been revoked.", ASK_ADMIN);
  if (of.active === 0) throw unauthorized("user_inactive", "This device's user is not active any more.", ASK_ADMIN);
}

/** A device older than the central can understand is told so; its local work goes on. */
export function requireVersion(call: Call): void {
  const oldest = call.env.MIN_DEVICE_VERSION ?? "";
  const version = call.request.headers.get("FieldQuote-Device-Version");
  if (oldest === "" || version === null || !olderThan(version, oldest)) return;
  throw new HttpError(
    426,
    "upgrade_required",
    `This central needs version ${oldest} of FieldQuote or newer; this device has ${version}.`,
    "Install the newer version. Work on this device goes on meanwhile, and what waits is kept.",
    { Upgrade: "FieldQuote" },
  );
}
