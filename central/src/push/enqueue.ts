/**
 * Telling the queues of what was committed.
 *
 * Owns that it happens after the commit and is noted. What is never told, because this ended in between, the
 * clock finds: the row is the truth, a message only says where to look.
 */

import type { Env } from "../env.ts";
import { markEnqueued } from "../tables/outgoing.ts";
import type { Change } from "./kind.ts";

export async function tellQueues(env: Env, committed: { op_id: string; change: Change }[], now: string): Promise<void> {
  for (const queue of ["NS_PUSH_QUEUE", "MAIL_QUEUE"] as const) {
    const ops = committed.filter(({ change }) => change.queue === queue).map(({ op_id }) => op_id);
    if (ops.length === 0) continue;
    try {
      // A queue takes 100 messages at once, as many as a push has operations.
      await env[queue].sendBatch(ops.map((op_id) => ({ body: { op_id }, contentType: "json" })));
      await markEnqueued(env.DB, queue, ops, now).run();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      console.warn(JSON.stringify({ at: "push.enqueue", queue, op_ids: ops, message }));
    }
  }
}
