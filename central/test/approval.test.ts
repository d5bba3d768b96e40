/**
 * Rule 1: no side effect without its approval. What an operation says of itself counts for nothing; what the
 * approved action shows is all that is released, by a decision that stands.
 */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Central, type Device, startCentral } from "./support/central.ts";
import {
  Decider, type Gate, type Op, actionOp, altered, canonical, count, customerRow, gateOf, gateOp, nsOp, op, priceRow, push, pushOne,
  quoteRow, rowsOf, rowsOp, said,
} from "./support/push.ts";

let central: Central;
let mike: Device;
let ann: Device;
let mikes: Decider;
let anns: Decider;
let gate: Gate;
let n = 0;

before(async () => {
  central = await startCentral();
  await central.reference([{ table: "customers", row: customerRow("C1", "East") }, { table: "customers", row: customerRow("C2", "West") }]);
  await central.user("Mike", "approver");
  await central.user("Ann", "approver");
  mike = await central.enrolled("Mike");
  ann = await central.enrolled("Ann");
  mikes = new Decider(mike);
  anns = new Decider(ann);
});
after(() => central.stop());
beforeEach(() => {
  n += 1;
  gate = gateOf({ quote: `Q-${n}`, customer: "C1", run: `R${n}`, items: ["10412", "20825"] });
});

const effects = (): Op[] => [rowsOp("Mike", gate, [["quotes", quoteRow(gate)], ["pricing_master", priceRow(gate)]]), nsOp("Mike", gate)];
const traces = async () => [
  await count(central, "quotes", `id = '${gate.quote.id}'`),
  await count(central, "ns_pushes", `quote_id = '${gate.quote.id}'`),
];

describe("without an approval that stands nothing is carried out", () => {
  test("none named", async () => {
    const results = await push(mike, effects().map((one) => ({ ...one, after: null, aggregate: one.op_id })));
    assert.deepEqual(results.map(said), ["rejected not_approved", "rejected not_approved"]);
    assert.deepEqual(await traces(), [0, 0]);
  });

  test("none given yet: it waits", async () => {
    assert.deepEqual((await push(mike, [gateOp("Mike", gate), ...effects()])).map(said), ["applied", "retry not_yet", "retry not_yet"]);
    assert.deepEqual(await traces(), [0, 0]);
  });

  test("a rejection", async () => {
    const staged = gateOp("Mike", gate);
    const results = await push(mike, [staged, mikes.decide(staged, "rejected"), ...effects().map((one) => ({ ...one, aggregate: one.op_id }))]);
    assert.deepEqual(results.map(said), ["applied", "applied", "rejected not_approved", "rejected not_approved"]);
    assert.deepEqual(await traces(), [0, 0]);
  });

  test("an approval that came second", async () => {
    const staged = gateOp("Mike", gate);
    await pushOne(mike, staged);
    await pushOne(ann, { ...anns.decide(staged, "rejected"), op_id: `${gate.action}.anns` });
    const results = await push(mike, [mikes.decide(staged), ...effects().map((one) => ({ ...one, aggregate: one.op_id }))]);
    assert.deepEqual(results.map(said), ["conflict overtaken", "rejected not_approved", "rejected not_approved"]);
    assert.deepEqual(await traces(), [0, 0]);
  });

  test("an approval overtaken at the very moment: whoever loses, nothing of the loser's is carried out", async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = gateOf({ quote: `Q-race-${round}`, customer: "C1", run: `race${round}` });
      gate = one;
      const staged = gateOp("Mike", one);
      await pushOne(mike, staged);
      const [mine, theirs] = await Promise.all([
        push(mike, [mikes.decide(staged), ...effects()]),
        push(ann, [{ ...anns.decide(staged, "rejected"), op_id: `${one.action}.anns` }]),
      ]);
      const isApproved = mine[0]?.outcome === "applied";
      assert.equal(theirs[0]?.outcome, isApproved ? "conflict" : "applied");
      assert.deepEqual(await traces(), isApproved ? [1, 1] : [0, 0]);
      if (!isApproved) assert.deepEqual(mine.slice(1).map(said).at(0), "rejected not_approved");
    }
  });

  test("another operation named as the approval, or another action's", async () => {
    const staged = gateOp("Mike", gate);
    const other = actionOp("Mike", { id: `other${n}` });
    await push(mike, [staged, mikes.decide(staged), other, mikes.decide(other)]);
    for (const wrong of [staged.op_id, other.op_id]) {
      assert.equal(said(await pushOne(mike, { ...effects()[0], after: wrong } as Op)), "rejected not_approved");
    }
    assert.equal(said(await pushOne(mike, { ...effects()[0], after: `other${n}.decided` } as Op)), "rejected not_released");
    assert.deepEqual(await traces(), [0, 0]);
  });
});

describe("an approval releases exactly what it showed", () => {
  beforeEach(async () => {
    const staged = gateOp("Mike", gate);
    assert.deepEqual((await push(mike, [staged, mikes.decide(staged)])).map(said), ["applied", "applied"]);
  });

  test("and that goes through, also in the push of its approval", async () => {
    assert.deepEqual((await push(mike, effects())).map(said), ["applied", "applied"]);
    assert.deepEqual(await traces(), [1, 1]);
    const next = gateOf({ quote: `Q-${n}n`, customer: "C1", run: `R${n}n` });
    gate = next;
    const staged = gateOp("Mike", next);
    assert.deepEqual((await push(mike, [staged, mikes.decide(staged), ...effects()])).map(said), ["applied", "applied", "applied", "applied"]);
    assert.deepEqual(await traces(), [1, 1]);
    gate = gateOf({ quote: `Q-${n}m`, customer: "C1", run: `R${n}m` });
    const earlier = gateOp("Mike", gate);
    await pushOne(mike, earlier);
    assert.deepEqual((await push(mike, [mikes.decide(earlier), ...effects()])).map(said), ["applied", "applied", "applied"]);
  });

  test("no other step, no other run", async () => {
    const [rows] = effects() as [Op];
    for (const wrong of [{ step_id: "ns_push" }, { step_id: "never" }, { step_id: null }, { run_id: "R0" }, { run_id: null }]) {
      assert.equal(said(await pushOne(mike, { ...rows, ...wrong })), "rejected not_released", JSON.stringify(wrong));
    }
  });

  test("no other table", async () => {
    const profile = { customer_id: "C1", credit_limit: null, ar_balance: null, last_quote_event: "2026-11-23T10:00:00.000Z", updated_at: "x" };
    assert.equal(said(await pushOne(mike, rowsOp("Mike", gate, [["customer_profiles", profile]]))), "rejected not_released");
    assert.equal(said(await pushOne(mike, rowsOp("Mike", gate, [["customer_profiles", profile]], { step_id: "touch", n: "t" }))), "applied");
  });

  test("no other quote, customer, item, year or content", async () => {
    const wrong: [string, object, string?][] = [
      ["quotes", quoteRow(gate, { id: "Q-other" })],
      ["quotes", quoteRow(gate, { customer_id: "C2" })],
      ["quotes", quoteRow(gate, { snapshot: canonical({ ...gate.quote, school_year: "2027-2028" }) })],
      ["pricing_master", priceRow(gate, { customer_id: "C2" })],
      ["pricing_master", priceRow(gate, { item_code: "99999" })],
      ["pricing_master", priceRow(gate, { school_year: "2027-2028" })],
      ["pricing_master", priceRow(gate, { item_code: "99999" }), "delete"],
    ];
    for (const [at, row] of wrong.entries()) {
      assert.equal(said(await pushOne(mike, rowsOp("Mike", gate, [row], { n: at }))), "rejected not_released", JSON.stringify(row).slice(0, 90));
    }
    assert.deepEqual(await traces(), [0, 0]);
  });

  test("not a cent more to NetSuite, and no other record", async () => {
    const one = nsOp("Mike", gate);
    const wrong = [
      altered(one, (payload) => (payload.payload.quote.totals.total = "38.0900")),
      altered(one, (payload) => (payload.record = "salesOrder")),
      altered(one, (payload) => (payload.payload.memo = "more")),
    ];
    for (const other of wrong) assert.equal(said(await pushOne(mike, other)), "rejected not_released");
    assert.equal(said(await pushOne(mike, one)), "applied");
    const again = await pushOne(mike, { ...one, op_id: `${one.op_id}.again` });
    assert.deepEqual([said(again), again.result.standing.op_id], ["conflict overtaken", one.op_id], "one record has one push");
    assert.deepEqual(await traces(), [0, 1]);
  });

  test("the queue is told once an operation, whatever is sent again", async () => {
    const one = nsOp("Mike", gate);
    await pushOne(mike, one);
    const [{ enqueued_at: first }] = await rowsOf(central, "SELECT enqueued_at FROM ns_pushes WHERE op_id = ?1", one.op_id);
    assert.ok(first);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await pushOne(mike, one);
    assert.deepEqual(await rowsOf(central, "SELECT enqueued_at FROM ns_pushes WHERE op_id = ?1", one.op_id), [{ enqueued_at: first }]);
  });

  test("an undoing comes under the step it undoes, in its order", async () => {
    await push(mike, effects());
    const undo = rowsOp("Mike", gate, [
      ["pricing_master", priceRow(gate, { case_price: "30.0000" })],
      ["pricing_master", priceRow(gate), "delete"],
      ["pricing_master", priceRow(gate, { item_code: "20825", case_price: "31.0000" })],
      ["quotes", quoteRow(gate, { lifecycle_status: "cancelled" })],
    ], { op_id: `R${n}.write_quote.undo.0` });
    assert.equal(said(await pushOne(mike, undo)), "applied");
    assert.deepEqual(await rowsOf(central, "SELECT lifecycle_status FROM quotes WHERE id = ?1", gate.quote.id), [{ lifecycle_status: "cancelled" }]);
    assert.equal(await count(central, "pricing_master", "item_code = '10412'"), 0);
    assert.equal(await count(central, "pricing_master", "item_code = '20825' AND case_price = '31.0000'"), 1);
  });

  test("more than the database takes in one request is cut short, and done with the next ones", async () => {
    const flips = (nth: number) => rowsOp("Mike", gate, Array.from({ length: 250 }, (_, at): [string, object, string] =>
      ["pricing_master", priceRow(gate, { updated_at: `${nth}` }), at % 2 === 0 ? "upsert" : "delete"]), { n: nth });
    let waiting = Array.from({ length: 8 }, (_, nth) => flips(nth));
    const sizes: number[] = [];
    while (waiting.length > 0 && sizes.length < 8) {
      const results = await push(mike, waiting);
      sizes.push(results.filter((one) => one.outcome === "applied").length);
      assert.ok(results.every((one) => ["applied", "retry not_yet"].includes(said(one))), results.map(said).join());
      waiting = waiting.filter((_, at) => results[at]?.outcome !== "applied");
    }
    assert.deepEqual(sizes, [3, 3, 2]);
  });
});

describe("an email", () => {
  const email = (quote: string, body = "Hello") => ({ quote_id: quote, customer_id: "C1", to: "a@b.example", subject: "s", body, attachment: null });
  const mail = (id: string, message: object, more: Partial<Op> = {}) =>
    op("Mike", "queue", `${id}.queue_email`, { queue: "MAIL_QUEUE", action_id: id, message }, { after: `${id}.decided`, run_id: `${id}r`, step_id: "queue_email", ...more });

  test("is queued as it was approved, and once", async () => {
    const id = `mail${n}`;
    const staged = actionOp("Mike", { id, type: "send_quote_to_customer", customer: "C1", quote: `Q-${n}`, shown: { email: email(`Q-${n}`), from_run: "r", from_step: "s" } });
    await push(mike, [staged, mikes.decide(staged)]);
    assert.equal(said(await pushOne(mike, mail(id, email(`Q-${n}`, "Hello you")))), "rejected not_released");
    assert.equal(said(await pushOne(mike, mail(id, email(`Q-${n}`)))), "applied");
    const again = await pushOne(mike, mail(id, email(`Q-${n}`), { op_id: `${id}.again` }));
    assert.deepEqual([said(again), again.result.standing.op_id], ["conflict overtaken", `${id}.queue_email`]);
    assert.equal(await count(central, "emails", `action_id = '${id}'`), 1);
    const other = actionOp("Mike", { id: `${id}b`, shown: { email: email(`Q-${n}`) } });
    await push(mike, [other, mikes.decide(other)]);
    assert.equal(said(await pushOne(mike, mail(id, email(`Q-${n}`), { op_id: `${id}.c`, after: `${id}b.decided` }))), "rejected not_released",
      "one email's approval sends no other");
  });
});
