// An email in a plan, as something to be read. Pure.

import type { JsonValue } from "../../../lib/gen/api";

export type LetterText = { to: string; subject: string; body: string; attachment: string | null };

/** The email's parts; null when it is not shaped like one. */
export function letterOf(email: JsonValue): LetterText | null {
  if (email === null || typeof email !== "object" || Array.isArray(email)) return null;
  const { to, subject, body, attachment } = email;
  if (typeof to !== "string" || typeof subject !== "string" || typeof body !== "string") return null;
  const object = attachment !== null && typeof attachment === "object" && !Array.isArray(attachment) ? attachment.object : attachment;
  return { to, subject, body, attachment: typeof object === "string" ? object : null };
}
