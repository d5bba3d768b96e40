/** A device that listens hears of a change as soon as it is there. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, type Device, startCentral } from "./support/central.ts";
import { customer } from "./support/rows.ts";

let central: Central;
let dana: Device;
before(async () => {
  central = await startCentral();
  await central.user("Dana", "rep", "Dana W");
  dana = await central.enrolled("Dana");
  await central.reference([customer("C1", "Dana W")]);
});
after(() => central.stop());

/** Reads the stream until it says how far the feed goes. */
async function nextHead(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<number> {
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    assert.equal(done, false, "the stream ended");
    text += new TextDecoder().decode(value);
    const told = /event: head\ndata: (\{.*\})\n\n/.exec(text);
    if (told !== null) return (JSON.parse(told[1] ?? "") as { head: number }).head;
  }
}

async function listen(cursor: string): Promise<{ reader: ReadableStreamDefaultReader<Uint8Array>; stop: () => void }> {
  const ended = new AbortController();
  const answer = await dana.fetch(`/v1/live?cursor=${cursor}`, { signal: ended.signal });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("Content-Type"), "text/event-stream");
  assert.ok(answer.headers.has("FieldQuote-Central"));
  assert.ok(answer.body !== null);
  return { reader: answer.body.getReader(), stop: () => ended.abort() };
}

test("a change is told within two seconds, and the next after it", async () => {
  const { cursor, head } = await dana.pullAll();
  const { reader, stop } = await listen(cursor);
  const first = nextHead(reader);
  const began = Date.now();
  await central.reference([customer("C2", "Dana W")]);
  const told = await first;
  assert.ok(told > head);
  assert.ok(Date.now() - began < 2_000, `${Date.now() - began} ms`);
  const second = nextHead(reader);
  await central.reference([customer("C3", "Gwen T")]);
  assert.ok((await second) > told, "also what this device will not see: its cursor moves");
  stop();
});

test("who is behind is told at once", async () => {
  const { feed, head } = await dana.pullAll();
  const { reader, stop } = await listen(`${feed}.0`);
  assert.equal(await nextHead(reader), head);
  stop();
});

test("a cursor that is gone is told before the stream begins", async () => {
  assert.equal((await dana.fetch("/v1/live?cursor=a.b.1")).status, 410);
});
