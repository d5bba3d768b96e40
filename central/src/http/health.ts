/**
 * Whether the central is there: it is when its database answers.
 */

import { askEpoch } from "../tables/meta.ts";
import packaged from "../../package.json";
import { json } from "./answers.ts";
import type { Call, Route } from "./call.ts";
import { unavailable } from "./errors.ts";

export const healthRoute: Route = { method: "GET", path: "/v1/health", by: "anybody", handle: health };

async function health(call: Call): Promise<Response> {
  let epoch: string;
  try {
    epoch = await askEpoch(call.env.DB);
  } catch {
    throw unavailable("The central's database does not answer just now.");
  }
  return json({ ok: true, epoch, time: call.now, version: packaged.version });
}
