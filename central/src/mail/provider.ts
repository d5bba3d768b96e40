/**
 * The mail provider, in the shapes of Resend: `POST /emails` with an idempotency key. Owns the request and what a
 * refusal means. Must not choose what is sent, and must not log it.
 */

import { Refused, TryAgain } from "../deliveries/outcome.ts";
import { ask, jsonOf, type Service, short, waitSeconds } from "../deliveries/request.ts";
import type { Env } from "../env.ts";

export interface Mail {
  to: string;
  subject: string;
  text: string;
  attachments: { filename: string; content: Uint8Array }[];
}

export function missing(env: Env): string | null {
  const needed = ["MAIL_BASE_URL", "MAIL_API_KEY", "MAIL_FROM"] as const;
  return needed.find((name) => !env[name]) ?? null;
}

/** Hand it in; the provider's id. The same key and mail again is the same message, and gives the same id. */
export async function send(env: Env, key: string, mail: Mail, until: AbortSignal): Promise<string> {
  const service: Service = { name: "the mail provider", until, waitSeconds: waitSeconds(env.OUTSIDE_WAIT_SECONDS) };
  const answer = await ask(service, `${(env.MAIL_BASE_URL ?? "").replace(/\/+$/, "")}/emails`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${env.MAIL_API_KEY}`,
      "Content-Type": "application/json",
      "Idempotency-Key": key,
    },
    body: JSON.stringify({
      from: env.MAIL_FROM,
      to: [mail.to],
      subject: mail.subject,
      text: mail.text,
      attachments: mail.attachments.map(({ filename, content }) => ({ filename, content: base64(content) })),
    }),
  });
  const told = jsonOf(answer) as { id?: unknown; name?: unknown; message?: unknown } | null;
  if (answer.status >= 200 && answer.status <= 299) {
    if (typeof told?.id === "string") return told.id;
    throw new TryAgain("the mail provider's answer names no message");
  }
  // The first request of this key is still under way: its end is not known yet.
  if (told?.name === "concurrent_idempotent_requests") throw new TryAgain("the same email is being sent just now");
  throw new Refused(`it answered ${answer.status}, ${short([told?.name, told?.message].filter(Boolean).join(": "))}`.replace(/\.$/, ""));
}

/** In pieces: a document is longer than the arguments of one call may be. */
function base64(bytes: Uint8Array): string {
  // A multiple of three bytes has no padding, so the pieces join.
  const piece = 3 * 8192;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += piece) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + piece))));
  }
  return parts.join("");
}
