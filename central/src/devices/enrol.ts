/**
 * A device becomes known: a one-time code says whose it is. Owns that a code is good once, that the same device
 * may ask again when the answer was lost, and that nobody can try codes without end.
 */

import { json } from "../http/answers.ts";
import { matching, readObject, text, textOrNull } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import { HttpError, tooManyRequests, unauthorized } from "../http/errors.ts";
import { attempts, type Code, codeOf, countAttempt, useStatement } from "../tables/codes.ts";
import { type Device, deviceByKey, deviceByTag, enrolStatement, signInOf, tokenStatements } from "../tables/devices.ts";
import { userById } from "../tables/users.ts";
import { codeHash } from "./code.ts";
import { requireStanding, requireVersion } from "./session.ts";
import { HASH, reused, tokenExpiry } from "./token.ts";

const SPAN_MS = 15 * 60_000;
/** Codes tried in vain in a span: by one address, and by all. Ten characters are 2^50 codes. */
const MOST_BY_ONE = 10;
const MOST_BY_ALL = 300;

export async function enrol(call: Call): Promise<Response> {
  requireVersion(call);
  const body = await readObject(call.request);
  const asked = {
    code: text(body, "code", 40),
    token_hash: matching(body, "token_hash", HASH, "a SHA-256 in hex"),
    tag: matching(body, "device_tag", /^[0-9A-HJKMNP-TV-Z]{6}$/, "six characters of the device's tag"),
    public_key: matching(body, "public_key", HASH, "an Ed25519 key in hex"),
    name: text(body, "device_name"),
    user_name: textOrNull(body, "user_name"),
  };
  const db = call.env.DB;
  const span = Math.floor(Date.parse(call.now) / SPAN_MS);
  const who = [`ip:${call.request.headers.get("CF-Connecting-IP") ?? "unknown"}`, "all"];
  const [byOne = 0, byAll = 0] = await attempts(db, who, span);
  if (byOne >= MOST_BY_ONE || byAll >= MOST_BY_ALL) {
    const seconds = Math.ceil(((span + 1) * SPAN_MS - Date.parse(call.now)) / 1000);
    throw tooManyRequests("Too many codes were tried in vain.", seconds);
  }

  const hash = await codeHash(asked.code);
  const [code, known] = await Promise.all([codeOf(db, hash), deviceByKey(db, asked.public_key)]);
  const again = code !== null && code.used_at !== null && known !== null && code.device_id === known.id;
  if (code === null || (!again && (code.used_at !== null || code.expires_at <= call.now))) {
    await countAttempt(db, who, span);
    throw new HttpError(403, "bad_code", "That code is not good, or not any more.", "Ask who runs the central for another.");
  }
  requireItsUser(code, known, asked.user_name, await nameOf(db, known));
  // A new code is somebody's word that the device is trusted again; the one it has used up already is not.
  if (known !== null && again) requireStanding({ revoked_at: known.revoked_at, active: 1 });
  const tagged = await deviceByTag(db, asked.tag);
  if (tagged !== null && tagged.public_key !== asked.public_key) {
    throw new HttpError(409, "tag_taken", "Another device has this device's tag.", "The device draws another tag before it is enrolled.");
  }

  const device = {
    id: known?.id ?? crypto.randomUUID(),
    user_id: code.user_id,
    tag: asked.tag,
    public_key: asked.public_key,
    name: asked.name,
    token_hash: asked.token_hash,
    enrolled_at: call.now,
  };
  const expiresAt = await write(call, device, known, hash);
  const user = await userById(db, code.user_id);
  if (user === null) throw new Error("a code's user is not there");
  return json({
    device_id: device.id,
    user: { id: user.id, name: user.name, role: user.role, sales_rep: user.sales_rep },
    token_expires_at: expiresAt,
    epoch: call.epoch,
  });
}

/** Enrols the device and makes the token its own; the token's end. */
async function write(
  call: Call,
  device: Omit<Device, "last_seen_at" | "revoked_at">,
  known: Device | null,
  codeHash: string,
): Promise<string> {
  const db = call.env.DB;
  const expiresAt = tokenExpiry(call.env, call.now);
  const signIn = await signInOf(db, device.token_hash);
  if (signIn !== null && !(known !== null && known.token_hash === device.token_hash)) throw reused();
  await db.batch([
    enrolStatement(db, device),
    useStatement(db, codeHash, device.id, call.now),
    ...(signIn === null ? tokenStatements(db, device.id, device.token_hash, call.now, expiresAt) : []),
  ]);
  return signIn?.expires_at ?? expiresAt;
}

function requireItsUser(code: Code, known: Device | null, profileOf: string | null, knownAs: string | null): void {
  if (code.active === 0) throw unauthorized("user_inactive", "That code's user is not active any more.", "Ask who runs the central.");
  const otherUser = (name: string) =>
    new HttpError(
      409,
      "other_user",
      `This device's profile is ${name}'s, and the code is ${code.user_name}'s.`,
      "Take a code of that user, or make another profile.",
    );
  if (known !== null && known.user_id !== code.user_id) throw otherUser(knownAs ?? "another user");
  if (profileOf !== null && profileOf !== code.user_name) throw otherUser(profileOf);
}

async function nameOf(db: D1Database, device: Device | null): Promise<string | null> {
  return device === null ? null : ((await userById(db, device.user_id))?.name ?? null);
}
