/**
 * Answers as they go out. Owns their form and the headers every one of them carries: a device takes an answer
 * without `FieldQuote-Central` as a captive portal's. Must not decide anything.
 */

import { HttpError } from "./errors.ts";

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store", ...headers },
  });
}

export function failure(error: HttpError): Response {
  return json({ error: { code: error.code, message: error.message, hint: error.hint } }, error.status, error.headers);
}

/** The same answer, known as this central's. */
export function marked(answer: Response, epoch: string): Response {
  answer.headers.set("FieldQuote-Central", epoch);
  answer.headers.set("FieldQuote-Time", new Date().toISOString());
  return answer;
}
