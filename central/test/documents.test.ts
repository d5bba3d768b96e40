/**
 * A document is stored once, as approved, and seen by who may see its quote.
 */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Central, type Device, sha256, startCentral } from "./support/central.ts";
import { Decider, type Gate, type Op, type Result, altered, count, customerRow, gateOf, gateOp, op, push, pushOne, quoteRow, rowsOp, said, uploadPdf } from "./support/push.ts";

let central: Central;
let mike: Device;
let dana: Device;
let ben: Device;
let mikes: Decider;
let gate: Gate;
let bytes: Buffer;
let n = 0;

before(async () => {
  central = await startCentral();
  await central.reference([{ table: "customers", row: customerRow("C1", "East") }]);
  await central.user("Mike", "approver");
  await central.user("Dana", "rep", "East");
  await central.user("Ben", "rep", "West");
  [mike, dana, ben] = (await Promise.all(["Mike", "Dana", "Ben"].map((name) => central.enrolled(name)))) as [Device, Device, Device];
  mikes = new Decider(mike);
});
after(() => central.stop());
beforeEach(async () => {
  n += 1;
  bytes = Buffer.from(`%PDF-1.7 quote ${n}`);
  gate = gateOf({ quote: `Q-${n}`, customer: "C1", run: `R${n}`, pdf: bytes });
  const staged = gateOp("Mike", gate);
  await push(mike, [staged, mikes.decide(staged)]);
});

function documentOp(content: Buffer, more: Partial<Op> = {}): Op {
  const payload = {
    media_type: "application/pdf", method: "POST", object: `quotes/${gate.quote.id}.pdf`, path: "/api/quote/pdf",
    quote_id: gate.quote.id, sha256: sha256(content), size: content.length,
  };
  return op("Mike", "http_call", `${gate.shown.run_id}.render_pdf`, payload, {
    aggregate: `quote:${gate.quote.id}`, run_id: gate.shown.run_id, step_id: "render_pdf", after: `${gate.action}.decided`, ...more,
  });
}

const put = async (one: Op, content: Uint8Array): Promise<Result> => {
  const answer = await uploadPdf(mike, one, content);
  assert.equal(answer.status, 200);
  return (await answer.json()) as Result;
};
const get = (device: Device, headers: Record<string, string> = {}) => device.fetch(`/api/quote/pdf/${gate.quote.id}`, { headers });

describe("storing", () => {
  test("the approved bytes, once; sent again it is the same answer", async () => {
    const first = await put(documentOp(bytes), bytes);
    assert.equal(said(first), "applied");
    assert.deepEqual(Object.keys(first.result).sort(), ["object", "sha256", "size", "stored_at"]);
    const again = await put(documentOp(bytes), bytes);
    assert.deepEqual([again.outcome, again.result], ["duplicate", first.result]);
    assert.equal(await count(central, "files"), 1);
  });

  test("bytes that were stored before a crash are found again", async () => {
    const bucket = await central.runtime.getR2Bucket("FILES");
    await bucket.put(`quotes/${gate.quote.id}.pdf`, bytes.toString(), { sha256: sha256(bytes) });
    assert.equal(said(await put(documentOp(bytes), bytes)), "applied");
    assert.equal(await (await get(mike)).text(), bytes.toString());
  });

  test("never over other content: what is there stands, for good", async () => {
    const bucket = await central.runtime.getR2Bucket("FILES");
    await bucket.put(`quotes/${gate.quote.id}.pdf`, "another", { sha256: sha256("another") });
    const answer = await put(documentOp(bytes), bytes);
    assert.deepEqual([said(answer), answer.result], ["conflict object_exists", { sha256: sha256("another") }]);
    assert.equal(said(await put(documentOp(bytes), bytes)), "duplicate object_exists");
    assert.equal(await count(central, "files", `quote_id = '${gate.quote.id}'`), 0);
  });

  test("twins at the same moment", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => put(documentOp(bytes), bytes)));
    assert.equal(answers.filter((one) => one.outcome === "applied").length, 1, answers.map(said).join());
    assert.equal(await count(central, "files", `quote_id = '${gate.quote.id}'`), 1);
  });

  test("only bytes that are what the operation says, and what the approval showed", async () => {
    const other = Buffer.from("%PDF-1.7 other");
    assert.equal(said(await put(documentOp(bytes), other)), "rejected damaged");
    assert.equal(said(await put(documentOp(other), other)), "rejected not_released");
    assert.equal(said(await put(altered(documentOp(bytes), (payload) => (payload.object = "quotes/Q-else.pdf")), bytes)), "rejected not_released");
    assert.equal(said(await put(documentOp(bytes, { after: null }), bytes)), "rejected not_approved");
    assert.equal(said(await put(documentOp(bytes, { after: "x.decided" }), bytes)), "retry not_yet");
    assert.equal(said(await put({ ...documentOp(bytes), kind: "rows" }, bytes)), "rejected wrong_route");
    assert.equal(await (await central.runtime.getR2Bucket("FILES")).head(`quotes/${gate.quote.id}.pdf`), null);
  });

  test("a request that is not of its form is refused with words", async () => {
    const sent = async (headers: Record<string, string>, content: Uint8Array = bytes) => {
      const answer = await uploadPdf(mike, documentOp(bytes), content, headers);
      assert.ok(((await answer.json()) as any).error.hint);
      return answer.status;
    };
    assert.equal(await sent({ "Content-Type": "text/plain" }), 415);
    assert.equal(await sent({ "FieldQuote-Op": "%%%" }), 400);
    assert.equal(await sent({ "FieldQuote-Op": Buffer.from("[]").toString("base64url") }), 422);
    assert.equal(await sent({}, Buffer.alloc(20 * 1024 * 1024 + 1)), 413);
  });
});

describe("fetching", () => {
  beforeEach(async () => {
    await put(documentOp(bytes), bytes);
    await pushOne(mike, rowsOp("Mike", gate, [["quotes", quoteRow(gate)]]));
  });

  test("gives the bytes and their hash to who may see the quote", async () => {
    for (const device of [mike, dana]) {
      const answer = await get(device);
      assert.deepEqual([answer.status, answer.headers.get("Content-Type")], [200, "application/pdf"]);
      assert.equal(answer.headers.get("FieldQuote-Sha256"), sha256(bytes));
      assert.equal(answer.headers.get("ETag"), `"${sha256(bytes)}"`);
      assert.ok(answer.headers.get("FieldQuote-Central"));
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes);
    }
  });

  test("is not there for another territory, and another name is not there at all", async () => {
    assert.equal((await get(ben)).status, 404);
    assert.equal((await mike.fetch("/api/quote/pdf/Q-none")).status, 404);
    assert.equal((await mike.fetch("/api/quote/pdf/..%2Fsecret")).status, 404);
  });

  test("who has it already is told so", async () => {
    const tag = `"${sha256(bytes)}"`;
    for (const header of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) assert.equal((await get(dana, { "If-None-Match": header })).status, 304, header);
    assert.equal((await get(dana, { "If-None-Match": '"x"' })).status, 200);
  });
});
