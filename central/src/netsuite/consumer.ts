/**
 * The queue of pushes to NetSuite and its dead letters. Owns only what makes pushes a lane of deliveries.
 */

import { bury } from "../deliveries/dead.ts";
import { deliver } from "../deliveries/deliver.ts";
import type { Lane } from "../deliveries/lane.ts";
import type { Env, QueuedOp } from "../env.ts";
import { type PushRow, takePush } from "../tables/ns_pushes.ts";
import { missing } from "./account.ts";
import { push } from "./push.ts";

export const pushes: Lane<PushRow> = {
  name: "NetSuite",
  table: "ns_pushes",
  what: (row) => `The estimate of quote ${row.quote_id}`,
  queue: (env) => env.NS_PUSH_QUEUE,
  missing,
  take: takePush,
  carryOut: push,
};

export async function consumePushes(batch: MessageBatch<QueuedOp>, env: Env, _ctx: ExecutionContext): Promise<void> {
  await deliver(batch, env, pushes);
}

export async function consumeDeadPushes(batch: MessageBatch<QueuedOp>, env: Env, _ctx: ExecutionContext): Promise<void> {
  await bury(batch, env, pushes);
}
