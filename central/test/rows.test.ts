/**
 * What rows of a device may and may not do to what is there.
 */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Central, type Device, startCentral } from "./support/central.ts";
import { Decider, type Gate, NOW, type Op, count, customerRow, gateOf, gateOp, op, priceRow, push, pushOne, quoteRow, rowsOf, rowsOp, said } from "./support/push.ts";

let central: Central;
let mike: Device;
let dana: Device;
let mikes: Decider;
let gate: Gate;
let n = 0;

before(async () => {
  central = await startCentral();
  await central.reference([
    { table: "customers", row: customerRow("C1", "East") }, { table: "customers", row: customerRow("C2", "West") },
    { table: "customer_profiles", row: { customer_id: "C1", credit_limit: "5.0000", ar_balance: "1.0000", last_quote_event: null, updated_at: NOW } },
  ]);
  await central.user("Mike", "approver");
  await central.user("Dana", "rep", "East");
  mike = await central.enrolled("Mike");
  dana = await central.enrolled("Dana");
  mikes = new Decider(mike);
});
after(() => central.stop());

async function approved(wanted: Parameters<typeof gateOf>[0]): Promise<Gate> {
  const made = gateOf(wanted);
  const staged = gateOp("Mike", made);
  assert.deepEqual((await push(mike, [staged, mikes.decide(staged)])).map(said), ["applied", "applied"]);
  return made;
}

beforeEach(async () => {
  n += 1;
  gate = await approved({ quote: `Q-${n}`, customer: "C1", run: `R${n}` });
});

const lifecycle = async (): Promise<string> => (await rowsOf(central, "SELECT lifecycle_status AS it FROM quotes WHERE id = ?1", gate.quote.id))[0]?.it;
const pushQuote = (more: object, at: number) => pushOne(mike, rowsOp("Mike", gate, [["quotes", quoteRow(gate, more)]], { n: at }));

describe("a quote", () => {
  test("moves forward only: what was sent is not made unsent by a device that has not heard", async () => {
    assert.equal(said(await pushQuote({}, 0)), "applied");
    for (const [standing, pushed, then] of [
      ["sent", "approved", "sent"], ["accepted", "approved", "accepted"], ["accepted", "cancelled", "accepted"],
      ["declined", "approved", "declined"], ["declined", "superseded", "superseded"], ["sent", "cancelled", "cancelled"],
      ["superseded", "approved", "superseded"], ["approved", "cancelled", "cancelled"],
    ] as const) {
      await central.db.prepare("UPDATE quotes SET lifecycle_status = ?1 WHERE id = ?2").bind(standing, gate.quote.id).run();
      assert.equal(said(await pushQuote({ lifecycle_status: pushed }, (n += 1))), "applied");
      assert.equal(await lifecycle(), then, `${standing} then ${pushed}`);
    }
  });

  test("keeps its content: another run cannot take its number", async () => {
    await pushQuote({}, 0);
    const other = await approved({ quote: gate.quote.id, customer: "C1", run: `R${n}-other` });
    assert.equal(said(await pushOne(mike, rowsOp("Mike", other, [["quotes", quoteRow(other)]]))), "rejected quote_id_taken");
    await pushQuote({ total: "1.0000" }, 1);
    assert.deepEqual(await rowsOf(central, "SELECT total, run_id FROM quotes WHERE id = ?1", gate.quote.id), [{ total: "38.0800", run_id: `R${n}` }]);
  });

  test("taken by another run at the same moment: one of them is refused, whole", async () => {
    const other = await approved({ quote: gate.quote.id, customer: "C1", run: `R${n}-twin` });
    const answers = await Promise.all([gate, other].map((one) =>
      pushOne(mike, rowsOp("Mike", one, [["quotes", quoteRow(one)], ["quote_lines", line(one)]]))));
    assert.deepEqual(answers.map(said).sort(), ["applied", "rejected quote_id_taken"]);
    assert.equal(await count(central, "quote_lines", `quote_id = '${gate.quote.id}'`), 1);
  });

  test("is superseded by its revision, and nothing else of it is written", async () => {
    await pushQuote({}, 0);
    const revised = await approved({ quote: `Q-${n}-R2`, customer: "C1", run: `R${n}-2`, revisionOf: gate.quote.id });
    const old = (status: string) => quoteRow(gate, { lifecycle_status: status });
    assert.equal(said(await pushOne(mike, rowsOp("Mike", revised, [["quotes", old("approved")]], { n: 1 }))), "rejected not_released");
    assert.equal(said(await pushOne(mike, rowsOp("Mike", revised, [["quotes", quoteRow(revised)], ["quotes", old("superseded")]]))), "applied");
    assert.equal(await lifecycle(), "superseded");
  });

  test("is superseded by the step that writes its revision, wherever it stood, unless it is accepted or cancelled", async () => {
    await pushQuote({}, 0);
    for (const [standing, then] of [
      ["approved", "superseded"], ["sent", "superseded"], ["declined", "superseded"], ["expired", "superseded"],
      ["accepted", "accepted"], ["cancelled", "cancelled"],
    ] as const) {
      await central.db.prepare("UPDATE quotes SET lifecycle_status = ?1 WHERE id = ?2").bind(standing, gate.quote.id).run();
      const revised = await approved({ quote: `Q-${n}-${standing}`, customer: "C1", run: `R${n}-${standing}`, revisionOf: gate.quote.id });
      const written = rowsOp("Mike", revised, [
        ["quotes", quoteRow(revised)], ["quote_lines", line(revised)],
        ["quotes", quoteRow(gate, { lifecycle_status: "superseded", total: "1.0000", customer_id: "C2" })],
      ]);
      assert.equal(said(await pushOne(mike, written)), "applied");
      assert.deepEqual(
        await rowsOf(central, "SELECT id, lifecycle_status AS stands, total, customer_id FROM quotes WHERE id IN (?1, ?2) ORDER BY length(id)", gate.quote.id, revised.quote.id),
        [
          { id: gate.quote.id, stands: then, total: "38.0800", customer_id: "C1" },
          { id: revised.quote.id, stands: "approved", total: "38.0800", customer_id: "C1" },
        ],
      );
    }
  });

  test("stays superseded when its own rows come after its revision's", async () => {
    const revised = await approved({ quote: `Q-${n}-first`, customer: "C1", run: `R${n}-first`, revisionOf: gate.quote.id });
    const written = rowsOp("Mike", revised, [["quotes", quoteRow(revised)], ["quotes", quoteRow(gate, { lifecycle_status: "superseded" })]]);
    assert.equal(said(await pushOne(mike, written)), "applied");
    assert.equal(said(await pushQuote({}, 0)), "applied");
    assert.equal(await lifecycle(), "superseded");
  });
});

describe("columns", () => {
  test("a profile's credit is not a device's to write, and its last quote only moves forward", async () => {
    const touch = (at: string, nth: number) => pushOne(mike, rowsOp("Mike", gate, [["customer_profiles", {
      customer_id: "C1", credit_limit: "999999.0000", ar_balance: "0.0000", last_quote_event: at, updated_at: at,
    }]], { step_id: "touch", n: nth }));
    assert.equal(said(await touch("2026-11-23T12:00:00.000Z", 1)), "applied");
    assert.equal(said(await touch("2026-11-23T11:00:00.000Z", 2)), "applied");
    assert.deepEqual(await rowsOf(central, "SELECT credit_limit, ar_balance, last_quote_event, updated_at FROM customer_profiles"), [
      { credit_limit: "5.0000", ar_balance: "1.0000", last_quote_event: "2026-11-23T12:00:00.000Z", updated_at: NOW },
    ]);
    const gone = rowsOp("Mike", gate, [["customer_profiles", { customer_id: "C1" }, "delete"]], { step_id: "touch", n: 3 });
    assert.equal(said(await pushOne(mike, gone)), "rejected bad_payload");
  });

  test("hold what they are for: money has four decimals, counts are whole, what must be there is there", async () => {
    const wrong: [string, object][] = [
      ["pricing_master", priceRow(gate, { case_price: "38.08" })], ["pricing_master", priceRow(gate, { case_price: 38 })],
      ["pricing_master", priceRow(gate, { case_price: null })], ["quotes", quoteRow(gate, { cases: "1" })],
      ["quotes", quoteRow(gate, { snapshot: "{" })], ["quotes", quoteRow(gate, { total: ["38.0800"] })],
      ["quotes", quoteRow(gate, { lifecycle_status: "lost" })], ["quote_lines", { ...line(gate), quantity: 0 }],
    ];
    for (const [at, row] of wrong.entries()) {
      assert.equal(said(await pushOne(mike, rowsOp("Mike", gate, [row], { n: at }))), "rejected bad_row", JSON.stringify(row).slice(0, 80));
    }
    for (const name of ["constructor", "__proto__", "toString"]) {
      const row = JSON.parse(`{"${name}":"x"}`);
      assert.equal(said(await pushOne(mike, rowsOp("Mike", gate, [["quotes", { ...quoteRow(gate), ...row }], ["pricing_master", Object.defineProperty({ ...priceRow(gate) }, name, { value: "x", enumerable: true })]], { n: name }))), "rejected unknown_column", name);
      assert.equal(said(await pushOne(mike, rowsOp("Mike", gate, [[name, row]], { n: `t${name}` }))), "rejected unknown_table");
    }
    assert.equal(await count(central, "quotes", `id = '${gate.quote.id}'`), 0);
  });

  test("251 rows are too many for one operation, 250 are not", async () => {
    const many = (length: number): Op => rowsOp("Mike", gate, Array.from({ length }, () => ["pricing_master", priceRow(gate)]), { n: length });
    assert.equal(said(await pushOne(mike, many(251))), "rejected too_large");
    assert.equal(said(await pushOne(mike, many(250))), "applied");
  });
});

describe("logs", () => {
  const log = (by: string, id: string, rows: [string, object, string?][]): Op =>
    op(by, "rows", id, { rows: rows.map(([table, row, change = "upsert"]) => ({ table, change, row })) });
  const verdict = (status: string) => ({ run_id: `R${n}`, check_id: "c", quote_id: null, status, evidence: "{}", created_at: NOW });

  test("need no approval, and are never deleted", async () => {
    assert.equal(said(await pushOne(mike, log("Mike", `L${n}`, [["workflow_verify_results", verdict("pending")]]))), "applied");
    assert.equal(said(await pushOne(mike, log("Mike", `M${n}`, [["workflow_verify_results", verdict("passed"), "delete"]]))), "rejected bad_payload");
  });

  test("a verdict is not made pending again, and an alert says what it said", async () => {
    const alert = (more: object) => ({ id: `al${n}`, run_id: `R${n}`, message: "first", created_at: NOW, ...more });
    for (const [at, row] of [
      ["workflow_verify_results", verdict("passed")], ["workflow_verify_results", verdict("pending")],
      ["alerts", alert({})], ["alerts", alert({ message: "second", resolved_at: NOW })], ["alerts", alert({})],
    ].entries()) {
      assert.equal(said(await pushOne(mike, log("Mike", `N${n}.${at}`, [row as [string, object]]))), "applied");
    }
    assert.deepEqual(await rowsOf(central, "SELECT status FROM workflow_verify_results WHERE run_id = ?1", `R${n}`), [{ status: "passed" }]);
    assert.deepEqual(await rowsOf(central, "SELECT message, resolved_at FROM alerts WHERE id = ?1", `al${n}`), [{ message: "first", resolved_at: NOW }]);
  });

  test("a rep's are about the rep's own territory", async () => {
    const run = (customer: string | null, id: string) => ({
      run_id: id, workflow_type: "t", contract_version: 1, customer_id: customer, quote_id: null, status: "failed", started_by: "Dana", started_at: NOW, completed_at: NOW,
    });
    const event = (id: string) => ({ run_id: id, event: "workflow.failed", payload: "{}", created_at: NOW });
    assert.equal(said(await pushOne(dana, log("Dana", `P${n}`, [["workflow_runs", run("C2", `own${n}`)]]))), "rejected not_yours");
    assert.equal(said(await pushOne(dana, log("Dana", `Q${n}`, [["workflow_runs", run("C1", `own${n}`)], ["workflow_events", event(`own${n}`)]]))), "applied");
    const west = await approved({ quote: `Q-${n}w`, customer: "C2", run: `R${n}w` });
    await pushOne(mike, rowsOp("Mike", west, [["quotes", quoteRow(west)]]));
    assert.equal(said(await pushOne(dana, log("Dana", `S${n}`, [["workflow_events", event(`R${n}w`)]]))), "rejected not_yours");
    assert.equal(said(await pushOne(dana, log("Dana", `T${n}`, [["alerts", { id: "x", quote_id: `Q-${n}w`, message: "m", created_at: NOW }]]))), "rejected not_yours");
  });
});

function line(of: Gate): Record<string, unknown> {
  return {
    quote_id: of.quote.id, line_no: 1, item_code: "10412", description: "Pizza", pack: null, quantity: 1, case_price: "38.0800",
    cost_basis: null, price_source: "manual", program: "commercial", df_code: null, df_lb_per_case: null, df_value: null, fee: null,
    net_price: "38.0800", refund: null, extended: "38.0800", note: null,
  };
}

test("what a row is fed by is found by keys, however many rows there are", async () => {
  const views = await rowsOf(central, "SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE '%\\_feed' ESCAPE '\\'");
  assert.ok(views.length > 15);
  for (const { name } of views) {
    const key = (await rowsOf(central, `SELECT c.name FROM pragma_table_info('${name.replace(/_feed$/, "")}') c WHERE c.pk > 0`)).map((one) => one.name);
    const asked = key.map((column) => `${column} = 'x'`).join(" AND ");
    const plan = await rowsOf(central, `EXPLAIN QUERY PLAN SELECT feed_key, feed_scope, feed_row FROM ${name} WHERE ${asked}`);
    assert.deepEqual(plan.map((step) => step.detail).filter((detail: string) => /^SCAN|TEMP B-TREE/.test(detail)), [], name);
  }
});
