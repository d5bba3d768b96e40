/**
 * A device asks for another token. It drew the token itself and signs its hash with the key it was enrolled with;
 * the central learns the hash alone. Owns how long a token lives and that none is taken twice.
 */

import { canonical } from "../canonical.ts";
import type { Env } from "../env.ts";
import { json } from "../http/answers.ts";
import { matching, readObject, text } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import { HttpError, unauthorized } from "../http/errors.ts";
import { signatureHolds, TOKEN } from "../signature.ts";
import { deviceWithUser, signInOf, tokenStatements } from "../tables/devices.ts";
import { requireStanding, requireVersion } from "./session.ts";

export const HASH = /^[0-9a-f]{64}$/;

export async function rotateToken(call: Call): Promise<Response> {
  requireVersion(call);
  const body = await readObject(call.request);
  const deviceId = text(body, "device_id", 64);
  const tokenHash = matching(body, "token_hash", HASH, "a SHA-256 in hex");
  const signature = matching(body, "signature", /^[0-9a-f]{128}$/, "an Ed25519 signature in hex");

  const device = await deviceWithUser(call.env.DB, deviceId);
  const signed = canonical({ device_id: deviceId, token_hash: tokenHash });
  if (device === null || !(await signatureHolds(TOKEN, signed, signature, device.public_key))) {
    throw unauthorized("token_unknown", "The central does not know this device by this key.", "Connect it with a code from who runs the central.");
  }
  requireStanding(device);

  const known = await signInOf(call.env.DB, tokenHash);
  if (known !== null) {
    if (device.token_hash === tokenHash) return json({ token_expires_at: known.expires_at });
    throw reused();
  }
  const expiresAt = tokenExpiry(call.env, call.now);
  try {
    await call.env.DB.batch(tokenStatements(call.env.DB, device.id, tokenHash, call.now, expiresAt));
  } catch (error) {
    // Twins of one request: the other was first, and its answer is this one's too.
    const twin = await signInOf(call.env.DB, tokenHash);
    if (twin === null) throw error;
    if (twin.device_id !== device.id) throw reused();
    return json({ token_expires_at: twin.expires_at });
  }
  return json({ token_expires_at: expiresAt });
}

export function tokenExpiry(env: Env, now: string): string {
  const days = Number(env.TOKEN_DAYS || "30");
  return new Date(Date.parse(now) + days * 86_400_000).toISOString();
}

export function reused(): HttpError {
  return new HttpError(409, "token_reused", "This token has been used before.", "The device draws another.");
}
