/**
 * One attempt to send an approved email. Owns that what is sent is what was approved: the message as it was decided on,
 * and the very bytes its attachment was approved with.
 */

import { Refused, TryAgain } from "../deliveries/outcome.ts";
import type { Env } from "../env.ts";
import { sha256 } from "../hex.ts";
import { type EmailRow, sentStatements } from "../tables/emails.ts";
import { send } from "./provider.ts";

/** An email as an approver saw it. */
export interface Message {
  to: string;
  subject: string;
  body: string;
  attachment: { object: string; sha256: string; size: number } | null;
}

export async function sendApproved(env: Env, row: EmailRow, until: AbortSignal): Promise<D1PreparedStatement[]> {
  const message = JSON.parse(row.message) as Message;
  const attachments = message.attachment == null ? [] : [await attachment(env, message.attachment)];
  const { to, subject, body: text } = message;
  const providerId = await send(env, row.op_id, { to, subject, text, attachments }, until);
  return sentStatements(env.DB, row, { to, subject, providerId }, new Date().toISOString());
}

async function attachment(
  env: Env,
  approved: NonNullable<Message["attachment"]>,
): Promise<{ filename: string; content: Uint8Array }> {
  const stored = await env.FILES.get(approved.object);
  if (stored === null) throw new TryAgain(`the attachment ${approved.object} is not stored yet`);
  const content = new Uint8Array(await stored.arrayBuffer());
  if (content.length !== approved.size || (await sha256(content)) !== approved.sha256) {
    throw new Refused(`the attachment ${approved.object} is not the one that was approved, so nothing was sent`);
  }
  return { filename: approved.object.slice(approved.object.lastIndexOf("/") + 1), content };
}
