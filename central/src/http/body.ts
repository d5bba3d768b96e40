/**
 * The body of a request, read with a limit and checked for its form. Owns reading it. Must not know what any
 * field means.
 */

import { badRequest, tooLarge, unsupportedMediaType } from "./errors.ts";

/** The bytes, none of them held beyond the limit. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const over = () => tooLarge(`The request is larger than ${limit} bytes.`, "Send less at once.");
  if (Number(request.headers.get("Content-Length") ?? 0) > limit) throw over();
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body as ReadableStream<Uint8Array>) {
    size += part.byteLength;
    if (size > limit) throw over();
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/** The JSON object a request holds. */
export async function readObject(request: Request, limit = 64 * 1024): Promise<Record<string, unknown>> {
  const type = request.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw unsupportedMediaType("application/json");
  const bytes = await readBytes(request, limit);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw badRequest("The request is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badRequest("The request is not a JSON object.");
  }
  return value as Record<string, unknown>;
}

/** A text field of 1 to `longest` characters. */
export function text(body: Record<string, unknown>, name: string, longest = 200): string {
  const value = body[name];
  if (typeof value !== "string" || value === "" || value.length > longest) {
    throw badRequest(`\`${name}\` must be a text of 1 to ${longest} characters.`);
  }
  return value;
}

/** A text field that fits a pattern. */
export function matching(body: Record<string, unknown>, name: string, pattern: RegExp, words: string): string {
  const value = text(body, name, 4096);
  if (!pattern.test(value)) throw badRequest(`\`${name}\` must be ${words}.`);
  return value;
}

/** A text field that may be null or missing. */
export function textOrNull(body: Record<string, unknown>, name: string, longest = 200): string | null {
  return body[name] === null || body[name] === undefined ? null : text(body, name, longest);
}
