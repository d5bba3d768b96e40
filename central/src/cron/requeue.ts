/**
 * Rows no queue message will come for are told to their queue again: a push that ended before it told it, a consumer
 * that ended with a lease in its hands, a message that got lost. Owns when that is thought to be so; a message too many
 * does no harm.
 */

import { iso } from "../deliveries/deliver.ts";
import type { Lane, Leased } from "../deliveries/lane.ts";
import type { Env } from "../env.ts";
import { strandedOps } from "../tables/leases.ts";
import { markEnqueued } from "../tables/outgoing.ts";

/** Whoever wrote a row tells the queue at once. */
const UNTOLD_MS = 30_000;
const QUIET_MS = 120_000;
/** As many as one call of a queue takes. */
const MOST = 100;

export async function requeue<Row extends Leased>(env: Env, lane: Lane<Row>, at: Date): Promise<number> {
  if (lane.missing(env) !== null) return 0;
  const times = { untold: iso(at.getTime() - UNTOLD_MS), quiet: iso(at.getTime() - QUIET_MS) };
  const opIds = await strandedOps(env.DB, lane.table, times, MOST);
  if (opIds.length === 0) return 0;
  await lane.queue(env).sendBatch(opIds.map((op_id) => ({ body: { op_id }, contentType: "json" })));
  await markEnqueued(env.DB, lane.table === "emails" ? "MAIL_QUEUE" : "NS_PUSH_QUEUE", opIds, at.toISOString()).run();
  return opIds.length;
}
