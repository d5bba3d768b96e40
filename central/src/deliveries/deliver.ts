/**
 * A queue's messages worked off: take the row's lease, attempt, record. Owns the counting of attempts and what
 * becomes of a message. The row is the truth: a message of a row that needs nothing, or that somebody else has,
 * is done with; what falls between is found by the clock.
 */

import type { Env, QueuedOp } from "../env.ts";
import { resolveAlertsOf } from "../tables/alerts.ts";
import { failStatements, release, tryAgainLater } from "../tables/leases.ts";
import type { Lane, Leased } from "./lane.ts";
import { Refused, TryAgain } from "./outcome.ts";
import { ATTEMPTS, waitMs } from "./pace.ts";

/** All of one attempt is over before its lease is. */
const LEASE_MS = 120_000;
const ATTEMPT_MS = 90_000;

export async function deliver<Row extends Leased>(
  batch: MessageBatch<QueuedOp>,
  env: Env,
  lane: Lane<Row>,
): Promise<void> {
  for (const message of batch.messages) {
    try {
      await deliverOne(message, env, lane);
    } catch (error) {
      // The database, most likely. Delivered again by the queue, and in the end to its dead letters.
      log("deliveries.trouble", lane, message.body.op_id, { message: String(error) });
      message.retry();
    }
  }
}

async function deliverOne<Row extends Leased>(message: Message<QueuedOp>, env: Env, lane: Lane<Row>): Promise<void> {
  const missing = lane.missing(env);
  if (missing !== null) {
    log("deliveries.not_configured", lane, message.body.op_id, { missing });
    return message.ack();
  }
  const begun = Date.now();
  const row = await lane.take(env.DB, message.body.op_id, iso(begun), iso(begun + LEASE_MS));
  if (row === null) return message.ack();
  let done: D1PreparedStatement[];
  try {
    done = await lane.carryOut(env, row, AbortSignal.timeout(ATTEMPT_MS));
  } catch (error) {
    const now = Date.now();
    if (error instanceof TryAgain && row.attempts + 1 < ATTEMPTS) {
      const seconds = Math.ceil(waitMs(row.attempts + 1, Math.random(), error.retryAfterMs) / 1000);
      // Free a second before the message comes, so that clocks that differ do not lose it.
      const free = iso(now + Math.max(0, seconds - 1) * 1000);
      await tryAgainLater(env.DB, lane.table, row, error.message, iso(now), free);
      log("deliveries.again", lane, row.op_id, { quote_id: row.quote_id, attempt: row.attempts + 1, seconds });
      return message.retry({ delaySeconds: seconds });
    }
    if (error instanceof TryAgain || error instanceof Refused) {
      await fail(env, lane, row, error, iso(now));
      return message.ack();
    }
    // Our own trouble counts as no attempt. Nobody has to wait for the lease's end.
    await release(env.DB, lane.table, row, iso(now));
    throw error;
  }
  await env.DB.batch([...done, resolveAlertsOf(env.DB, row.op_id, iso(Date.now()))]);
  log("deliveries.done", lane, row.op_id, { quote_id: row.quote_id, attempt: row.attempts + 1 });
  message.ack();
}

async function fail<Row extends Leased>(
  env: Env,
  lane: Lane<Row>,
  row: Row,
  error: TryAgain | Refused,
  now: string,
): Promise<void> {
  const times = error instanceof Refused ? "" : ` after ${ATTEMPTS} attempts`;
  const alert = `${lane.what(row)} did not reach ${lane.name}${times}: ${error.message}.`;
  await env.DB.batch(failStatements(env.DB, lane.table, row, { why: error.message, alert, now }));
  log("deliveries.failed", lane, row.op_id, { quote_id: row.quote_id, attempts: row.attempts + 1 });
}

export function log<Row extends Leased>(at: string, lane: Lane<Row>, opId: string, more: Record<string, unknown>): void {
  console.log(JSON.stringify({ at, lane: lane.table, op_id: opId, ...more }));
}

export const iso = (ms: number): string => new Date(ms).toISOString();
