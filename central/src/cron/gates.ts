/**
 * Gates nobody decided in time expire, also when the device that staged them is never seen again. Owns how long the
 * central waits beyond the hour: a decision made in time on a device that was offline still comes.
 */

import { iso } from "../deliveries/deliver.ts";
import { expireOverdue } from "../tables/overdue_gates.ts";

const GRACE_MS = 24 * 3_600_000;

export function expireGates(db: D1Database, at: Date): Promise<number> {
  return expireOverdue(db, at.toISOString(), iso(at.getTime() - GRACE_MS));
}
