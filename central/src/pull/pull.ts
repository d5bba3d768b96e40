/**
 * The feed as it goes down to a device: lines of JSON, one an entry, in the order of their numbers, and a last
 * line with the cursor, without which the answer was cut off. Owns reading it window by window, one ahead of what
 * is sent, and how much one answer carries. Must not read what the rows say.
 */

import type { DeviceCall } from "../http/call.ts";
import { head, readWindow, type Window } from "../tables/changes.ts";
import { cursorAt, feedOf, seqOf } from "./cursor.ts";

const WINDOW = 5_000;
/** A territory sparse in the feed is read in wider windows. */
const WIDEST = 40_000;
const MOST_ENTRIES = 50_000;
const MOST_WINDOWS = 100;

export async function pull(call: DeviceCall): Promise<Response> {
  const last = await head(call.env.DB);
  const from = seqOf(call.url.searchParams.get("cursor"), call.session, last);
  const headers = new Headers({
    "Content-Type": "application/x-ndjson",
    "Cache-Control": "no-store",
    "FieldQuote-Feed": feedOf(call.session),
  });
  const lines = readable(feedText(call, from, last));
  if (!acceptsGzip(call.request)) return new Response(lines, { headers });
  headers.set("Content-Encoding", "gzip");
  headers.set("Vary", "Accept-Encoding");
  return new Response(lines.pipeThrough(new CompressionStream("gzip")), { headers, encodeBody: "manual" });
}

/** The answer's text, part by part. The head is fixed when it begins: what comes later is in the next answer. */
async function* feedText(call: DeviceCall, from: number, last: number): AsyncGenerator<string> {
  const { env, session } = call;
  let width = WINDOW;
  const read = (after: number) => readWindow(env.DB, session, after, Math.min(after + width, last));
  let at = from;
  let entries = 0;
  let next: Promise<Window> | null = at < last ? read(at) : null;
  for (let windows = 1; next !== null; windows += 1) {
    const window: Window = await next;
    at = window.upto;
    entries += window.entries;
    if (window.entries < width / 8) width = Math.min(width * 2, WIDEST);
    else width = WINDOW;
    next = at < last && entries < MOST_ENTRIES && windows < MOST_WINDOWS ? read(at) : null;
    next?.catch(() => undefined); // Awaited in the next turn; until then nobody listens.
    for (const text of window.texts) yield `${text}\n`;
  }
  yield `${JSON.stringify({ cursor: cursorAt(session, at), head: last, more: at < last, at: call.now })}\n`;
}

function readable(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
}

/** Before a Worker the network itself may take and undo the encoding; it tells what the device asked for. */
function acceptsGzip(request: Request): boolean {
  const asked = (request.cf?.clientAcceptEncoding as string | undefined) ?? request.headers.get("Accept-Encoding") ?? "";
  return asked.split(",").some((one) => /^\s*gzip\s*($|;(?!\s*q=0(\.0*)?\s*$))/i.test(one));
}
