/**
 * Who runs the central says who may use it: users, codes for their devices, and devices that are revoked.
 */

import { codeHash, drawCode } from "../devices/code.ts";
import { json } from "../http/answers.ts";
import { matching, readObject, text, textOrNull } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import { badRequest, notFound } from "../http/errors.ts";
import { addCode } from "../tables/codes.ts";
import { listDevices, revoke } from "../tables/devices.ts";
import { putUser, type User, userByName } from "../tables/users.ts";

const LONGEST_HOURS = 24 * 30;

export async function putUserRoute(call: Call): Promise<Response> {
  const body = await readObject(call.request);
  const active = body.active ?? true;
  if (typeof active !== "boolean") throw badRequest("`active` must be true or false.");
  const user: User = {
    id: crypto.randomUUID(),
    name: text(body, "name"),
    role: matching(body, "role", /^(rep|approver|admin)$/, "rep, approver or admin") as User["role"],
    sales_rep: textOrNull(body, "sales_rep"),
    active,
  };
  return json(await putUser(call.env.DB, user, call.now));
}

export async function newCode(call: Call): Promise<Response> {
  const body = await readObject(call.request);
  const name = text(body, "user_name");
  const hours = body.hours ?? 24;
  if (typeof hours !== "number" || !(hours > 0 && hours <= LONGEST_HOURS)) {
    throw badRequest(`\`hours\` must be more than 0 and at most ${LONGEST_HOURS}.`);
  }
  const user = await userByName(call.env.DB, name);
  if (user === null) throw notFound(`There is no user ${name}.`, "Make the user first: POST /v1/admin/users.");
  const code = drawCode();
  const expiresAt = new Date(Date.parse(call.now) + hours * 3_600_000).toISOString();
  await addCode(call.env.DB, await codeHash(code), user.id, call.now, expiresAt);
  return json({ code, expires_at: expiresAt });
}

export async function devices(call: Call): Promise<Response> {
  return json({ devices: await listDevices(call.env.DB) });
}

export async function revokeDevice(call: Call): Promise<Response> {
  const device = await revoke(call.env.DB, call.params.id ?? "", call.now);
  if (device === null) throw notFound("There is no such device.", "Look at GET /v1/admin/devices.");
  return json({ device_id: device.id, revoked_at: device.revoked_at });
}
