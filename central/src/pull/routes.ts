/**
 * The addresses a device learns from what has changed. Owns the list.
 */

import type { Route } from "../http/call.ts";
import { live } from "./live.ts";
import { pull } from "./pull.ts";
import { rows } from "./rows.ts";

export const pullRoutes: Route[] = [
  { method: "GET", path: "/v1/pull", by: "device", handle: pull },
  { method: "POST", path: "/v1/rows", by: "device", handle: rows },
  { method: "GET", path: "/v1/live", by: "device", handle: live },
];
