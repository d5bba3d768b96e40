/**
 * A word to a device that something is new, as soon as it is: a stream of events. Owns how often it looks and how
 * long it stays. It says only how far the feed goes; the device pulls what it may see.
 */

import type { DeviceCall } from "../http/call.ts";
import { head } from "../tables/changes.ts";
import { seqOf } from "./cursor.ts";

const LOOK_EVERY_MS = 500;
const STILL_HERE_EVERY_MS = 10_000;
const STAY_MS = 5 * 60_000;

export async function live(call: DeviceCall): Promise<Response> {
  const now = await head(call.env.DB);
  const from = seqOf(call.url.searchParams.get("cursor"), call.session, now);
  return new Response(events(call, from), {
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "FieldQuote-Feed": `${call.session.epoch}.${call.session.feed_epoch}` },
  });
}

function events(call: DeviceCall, from: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const until = Date.now() + STAY_MS;
  let told = from;
  let said = Date.now();
  let open = true;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(": still here\n\n"));
    },
    async pull(controller) {
      while (open && Date.now() < until) {
        const last = await head(call.env.DB);
        if (last > told) {
          told = last;
          said = Date.now();
          controller.enqueue(encoder.encode(`event: head\ndata: ${JSON.stringify({ head: last })}\n\n`));
          return;
        }
        if (Date.now() - said >= STILL_HERE_EVERY_MS) {
          said = Date.now();
          controller.enqueue(encoder.encode(": still here\n\n"));
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
      if (open) controller.close();
    },
    cancel() {
      open = false;
    },
  });
}
