/**
 * Dead letters: messages whose consumer broke off again and again. Owns that each of them ends as a failure a
 * person sees, and that a delivery which is under way is not disturbed.
 */

import type { Env, QueuedOp } from "../env.ts";
import { failStatements, openRow } from "../tables/leases.ts";
import { iso, log } from "./deliver.ts";
import type { Lane, Leased } from "./lane.ts";

export async function bury<Row extends Leased>(
  batch: MessageBatch<QueuedOp>,
  env: Env,
  lane: Lane<Row>,
): Promise<void> {
  for (const message of batch.messages) {
    const now = Date.now();
    const row = await openRow(env.DB, lane.table, message.body.op_id);
    if (row === null) {
      message.ack();
      continue;
    }
    const leftMs = row.lease_until === null ? 0 : Date.parse(row.lease_until) - now;
    if (row.busy === 1 && leftMs > 0) {
      message.retry({ delaySeconds: Math.ceil(leftMs / 1000) + 1 });
      continue;
    }
    const why = "the central broke off each time it tried";
    const alert = `The delivery of ${row.quote_id} to ${lane.name} came to no end: ${why}.`;
    await env.DB.batch(failStatements(env.DB, lane.table, row, { why, alert, now: iso(now) }));
    log("deliveries.dead", lane, row.op_id, { quote_id: row.quote_id });
    message.ack();
  }
}
