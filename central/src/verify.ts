/**
 * `GET /v1/verify/{quote_id}`: the central's side of what a run claims.
 *
 * Owns the form of the answer. Must not judge it: the device's contract does. A quote that is not there and
 * one that is not the user's look the same.
 */

import { json } from "./http/answers.ts";
import type { DeviceCall, Route } from "./http/call.ts";
import { notFound } from "./http/errors.ts";
import { isId } from "./push/fields.ts";
import { evidenceOf } from "./tables/evidence.ts";

async function verify(call: DeviceCall): Promise<Response> {
  const quoteId = call.params["quote_id"];
  if (!isId(quoteId)) throw notFound("That is no quote's number.", "Check the number.");
  return json({ quote_id: quoteId, ...(await evidenceOf(call.env.DB, quoteId, call.session)) });
}

export const verifyRoute: Route = { method: "GET", path: "/v1/verify/:quote_id", by: "device", handle: verify };
