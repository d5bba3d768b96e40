/**
 * One request on its way to its handler, and what a route is. Owns these shapes. Must not know any route.
 */

import type { Env } from "../env.ts";
import type { Session } from "../tables/sessions.ts";

export interface Call {
  request: Request;
  env: Env;
  ctx: ExecutionContext;
  url: URL;
  /** What the path's `:names` stand for. */
  params: Record<string, string>;
  /** When it came, RFC 3339 with milliseconds. */
  now: string;
  epoch: string;
}

/** A call by a device that is signed in. */
export interface DeviceCall extends Call {
  session: Session;
}

/** Who may call a route: anybody, a signed-in device, or who has the admin token. */
export type Route =
  | { method: string; path: string; by: "anybody"; handle: (call: Call) => Promise<Response> }
  | { method: string; path: string; by: "admin"; handle: (call: Call) => Promise<Response> }
  | { method: string; path: string; by: "device"; handle: (call: DeviceCall) => Promise<Response> };
