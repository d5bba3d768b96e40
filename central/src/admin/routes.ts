/**
 * The addresses of who runs the central. Owns the list.
 */

import type { Route } from "../http/call.ts";
import { replay, resolve } from "./mending.ts";
import { devices, newCode, putUserRoute, revokeDevice } from "./people.ts";
import { reference } from "./reference.ts";

export const adminRoutes: Route[] = [
  { method: "POST", path: "/v1/admin/reference", by: "admin", handle: reference },
  { method: "POST", path: "/v1/admin/users", by: "admin", handle: putUserRoute },
  { method: "POST", path: "/v1/admin/codes", by: "admin", handle: newCode },
  { method: "GET", path: "/v1/admin/devices", by: "admin", handle: devices },
  { method: "POST", path: "/v1/admin/devices/:id/revoke", by: "admin", handle: revokeDevice },
  { method: "POST", path: "/v1/admin/replay", by: "admin", handle: replay },
  { method: "POST", path: "/v1/admin/alerts/:id/resolve", by: "admin", handle: resolve },
];
