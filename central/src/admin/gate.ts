/**
 * Whether a call comes from who runs the central. Owns that judgement: the bearer is the secret ADMIN_TOKEN,
 * compared in constant time.
 */

import { bearer } from "../devices/session.ts";
import type { Call } from "../http/call.ts";
import { notAllowed, unauthorized } from "../http/errors.ts";

export async function requireAdmin(call: Call): Promise<void> {
  const given = bearer(call.request);
  if (given === null) throw unauthorized("token_missing", "This address needs the admin token.", "Send it as a bearer token.");
  const secret = call.env.ADMIN_TOKEN ?? "";
  const [left, right] = await Promise.all([digest(given), digest(secret)]);
  // The SHA-256 of both, so that their lengths tell nothing either.
  if (secret === "" || !crypto.subtle.timingSafeEqual(left, right)) {
    throw notAllowed("That is not the admin token.", "Look up the secret ADMIN_TOKEN of this central.");
  }
}

const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
