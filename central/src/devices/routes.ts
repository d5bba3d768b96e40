/**
 * The addresses a device uses to become and stay known. Owns the list.
 */

import { json } from "../http/answers.ts";
import type { DeviceCall, Route } from "../http/call.ts";
import { enrol } from "./enrol.ts";
import { rotateToken } from "./token.ts";

export const deviceRoutes: Route[] = [
  { method: "POST", path: "/v1/devices/enroll", by: "anybody", handle: enrol },
  { method: "POST", path: "/v1/devices/token", by: "anybody", handle: rotateToken },
  { method: "GET", path: "/v1/me", by: "device", handle: me },
];

async function me(call: DeviceCall): Promise<Response> {
  const { session } = call;
  return json({
    device_id: session.device_id,
    user: { id: session.user_id, name: session.user_name, role: session.role, sales_rep: session.sales_rep },
    token_expires_at: session.token_expires_at,
    epoch: session.epoch,
  });
}
