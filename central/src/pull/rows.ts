/**
 * Rows as they are now, for a device that must give back changes of its own. Owns the form of that answer.
 */

import { badRequest } from "../http/errors.ts";
import { readObject } from "../http/body.ts";
import type { DeviceCall } from "../http/call.ts";
import { rowsNow } from "../tables/changes.ts";

const MOST = 500;

export async function rows(call: DeviceCall): Promise<Response> {
  const body = await readObject(call.request, 1_000_000);
  if (!Array.isArray(body.rows) || body.rows.length > MOST) throw badRequest(`\`rows\` must be a list of at most ${MOST}.`);
  const asked = body.rows.map(one);
  const found = await rowsNow(call.env.DB, call.session, asked);
  const lines = asked.map(
    ({ table, key }, at) => `{"table":${JSON.stringify(table)},"key":${key},"row":${found[at] ?? "null"}}`,
  );
  return new Response(`{"rows":[${lines.join(",")}]}`, {
    headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" },
  });
}

/** A table and a key as the feed writes it. */
function one(value: unknown): { table: string; key: string } {
  const { table, key } = (value ?? {}) as { table?: unknown; key?: unknown };
  const fits = (part: unknown) => typeof part === "string" || Number.isSafeInteger(part);
  if (typeof table !== "string" || table === "" || table.startsWith("_") || !Array.isArray(key) || !key.every(fits)) {
    throw badRequest("Each of `rows` must be {table, key}, the key a list of texts and whole numbers.");
  }
  return { table, key: JSON.stringify(key) };
}
