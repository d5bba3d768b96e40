/**
 * The queue of approved emails and its dead letters. Owns only what makes emails a lane of deliveries.
 */

import { bury } from "../deliveries/dead.ts";
import { deliver } from "../deliveries/deliver.ts";
import type { Lane } from "../deliveries/lane.ts";
import type { Env, QueuedOp } from "../env.ts";
import { type EmailRow, takeEmail } from "../tables/emails.ts";
import { missing } from "./provider.ts";
import { sendApproved } from "./send.ts";

export const emails: Lane<EmailRow> = {
  name: "the mail provider",
  table: "emails",
  what: (row) => `The email of quote ${row.quote_id}`,
  queue: (env) => env.MAIL_QUEUE,
  missing,
  take: takeEmail,
  carryOut: sendApproved,
};

export async function consumeEmails(batch: MessageBatch<QueuedOp>, env: Env, _ctx: ExecutionContext): Promise<void> {
  await deliver(batch, env, emails);
}

export async function consumeDeadEmails(batch: MessageBatch<QueuedOp>, env: Env, _ctx: ExecutionContext): Promise<void> {
  await bury(batch, env, emails);
}
