/**
 * The central's Worker: where requests, queue messages and the clock come in. Owns only who they go to.
 */

import type { Env, QueuedOp } from "./env.ts";
import { answer } from "./http/router.ts";
import { consumeEmails, consumeDeadEmails } from "./mail/consumer.ts";
import { consumePushes, consumeDeadPushes } from "./netsuite/consumer.ts";
import { everyMinute } from "./cron/minute.ts";

export default {
  fetch: answer,

  async queue(batch: MessageBatch<QueuedOp>, env: Env, ctx: ExecutionContext): Promise<void> {
    switch (batch.queue) {
      case "ns-push":
        return consumePushes(batch, env, ctx);
      case "ns-push-dead":
        return consumeDeadPushes(batch, env, ctx);
      case "mail":
        return consumeEmails(batch, env, ctx);
      case "mail-dead":
        return consumeDeadEmails(batch, env, ctx);
      default:
        throw new Error(`no consumer for the queue ${batch.queue}`);
    }
  },

  async scheduled(event: ScheduledController, env: Env, ctx: ExecutionContext): Promise<void> {
    await everyMinute(new Date(event.scheduledTime), env, ctx);
  },
} satisfies ExportedHandler<Env, QueuedOp>;
