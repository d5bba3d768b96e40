/** A rep sees everybody's rows, their own, and those of the customers of their territory; an approver sees all. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, type Device, type Entry, startCentral } from "./support/central.ts";
import { customer, item, price } from "./support/rows.ts";

let central: Central;
let dana: Device;
let gwen: Device;
let mike: Device;
before(async () => {
  central = await startCentral();
  await central.user("Dana", "rep", "Dana W");
  await central.user("Gwen", "rep", "Gwen T");
  await central.user("Mike", "approver");
  [dana, gwen, mike] = [await central.enrolled("Dana"), await central.enrolled("Gwen"), await central.enrolled("Mike")];
  await central.reference([customer("C1", "Dana W"), customer("C2", "Gwen T"), customer("C3", null), item("10412")]);
  await central.reference([price("C1", "10412"), price("C2", "10412"), price("C3", "10412")]);
});
after(() => central.stop());

const seen = (entries: Entry[]) => entries.map((entry) => `${entry.table} ${entry.key.join(" ")}${entry.gone ? " gone" : ""}`).sort();

test("a rep sees items and the customers of their own territory, an approver every customer", async () => {
  const own = (id: string) => [`customers ${id}`, `pricing_master ${id} 10412 2026-2027`];
  assert.deepEqual(seen((await dana.pullAll()).entries), [...own("C1"), "spec_items 10412"].sort());
  assert.deepEqual(seen((await gwen.pullAll()).entries), [...own("C2"), "spec_items 10412"].sort());
  assert.deepEqual(seen((await mike.pullAll()).entries), [...own("C1"), ...own("C2"), ...own("C3"), "spec_items 10412"].sort());
});

test("a cursor goes on past what is not to be seen", async () => {
  const start = await dana.pullAll();
  await central.reference([price("C2", "10412", "41.0000")]);
  const nothing = await dana.pull(start.cursor);
  assert.deepEqual(nothing.entries, []);
  assert.equal(nothing.head, (await mike.pullAll()).head);
  assert.equal(nothing.cursor, `${nothing.feed}.${nothing.head}`);
});

test("a customer that changes hands leaves one device and comes whole to the other, and back again", async () => {
  const [d, g, m] = [await dana.pullAll(), await gwen.pullAll(), await mike.pullAll()];
  const whole = ["customers C1", "pricing_master C1 10412 2026-2027"];

  await central.reference([customer("C1", "Gwen T")]);
  const left = await dana.pullAll(d.cursor);
  assert.deepEqual(left.entries.map(({ table, row }) => ({ table, row })), [{ table: "_evict", row: { customer_id: "C1" } }]);
  const taken = await gwen.pullAll(g.cursor);
  assert.deepEqual(seen(taken.entries), whole);
  assert.deepEqual(seen((await mike.pullAll(m.cursor)).entries), whole);

  // A row is written anew while it is not Dana's: it comes with the rest when the customer returns.
  await central.reference([price("C1", "10412", "39.0000")]);
  await central.reference([customer("C1", "Dana W")]);
  const back = await dana.pullAll(left.cursor);
  assert.deepEqual(seen(back.entries), whole);
  assert.equal(back.entries.find((entry) => entry.table === "pricing_master")?.row?.case_price, "39.0000");
  assert.deepEqual(seen((await gwen.pullAll(taken.cursor)).entries), ["_evict C1 Gwen T"]);

  // A device that was away all the while is not told to give up what is its again.
  const away = await dana.pullAll(d.cursor);
  assert.deepEqual(seen(away.entries), whole);
});

test("what is deleted is told to who had it, also when it is the customer", async () => {
  await central.reference([customer("C4", "Dana W"), price("C4", "10412")]);
  const [d, g] = [await dana.pullAll(), await gwen.pullAll()];
  await central.reference([
    { table: "pricing_master", key: ["C4", "10412", "2026-2027"], gone: true },
    { table: "customers", key: ["C4"], gone: true },
  ]);
  assert.deepEqual(seen((await dana.pullAll(d.cursor)).entries), ["customers C4 gone", "pricing_master C4 10412 2026-2027 gone"]);
  assert.deepEqual((await gwen.pullAll(g.cursor)).entries, []);
});

test("a customer replaced by hand with another territory changes hands all the same", async () => {
  await central.reference([customer("C5", "Dana W"), price("C5", "10412")]);
  const [d, g] = [await dana.pullAll(), await gwen.pullAll()];
  await central.db
    .prepare(
      `INSERT OR REPLACE INTO customers (id, name, customer_type, entitystatus, sales_rep, updated_at)
       VALUES ('C5', 'n', 'coop', 'active', 'Gwen T', 't')`,
    )
    .run();
  assert.deepEqual(seen((await dana.pullAll(d.cursor)).entries), ["_evict C5 Dana W"]);
  assert.deepEqual(seen((await gwen.pullAll(g.cursor)).entries), ["customers C5", "pricing_master C5 10412 2026-2027"]);
});

test("rows that come before what says whose they are, are the rep's once it is known", async () => {
  const [d, g] = [await dana.pullAll(), await gwen.pullAll()];
  const run = async (sql: string) => void (await central.db.prepare(sql).run());
  await run(`INSERT INTO quote_lines (quote_id, line_no, item_code, description, quantity, case_price, price_source, program, net_price, extended)
    VALUES ('Q1', 1, '10412', 'd', 1, '1.0000', 's', 'commercial', '1.0000', '1.0000')`);
  await run(`INSERT INTO files (object_key, sha256, size, media_type, quote_id, stored_at) VALUES ('quotes/Q1.pdf', 'a', 1, 'application/pdf', 'Q1', 't')`);
  await run(`INSERT INTO workflow_events (run_id, event, payload, created_at) VALUES ('R1', 'workflow.completed', '{}', 't')`);
  await run(`INSERT INTO workflow_run_log (run_id, workflow_type, status, started_at, completed_at, summary_json) VALUES ('R2', 'w', 's', 't', 't', '{}')`);
  const unknown = await dana.pullAll(d.cursor);
  assert.deepEqual(unknown.entries, []);

  await run(`INSERT INTO quotes (id, customer_id, school_year, lifecycle_status, generated_at, issued_on, valid_until, price_from,
      price_to, run_id, include_pdf, cases, commercial, df_value, total, prepared_by, snapshot_hash, snapshot, updated_at)
    VALUES ('Q1', 'C1', '2026-2027', 'approved', 't', 't', 't', 't', 't', 'R1', 1, 1, '1', '0', '1', 'Dana', 'h', '{}', 't')`);
  await run(`INSERT INTO workflow_runs (run_id, workflow_type, contract_version, status, started_by, started_at, completed_at)
    VALUES ('R2', 'w', 1, 's', 'Dana', 't', 't')`);
  assert.deepEqual(seen((await dana.pullAll(unknown.cursor)).entries), [
    "files quotes/Q1.pdf", "quote_lines Q1 1", "quotes Q1", "workflow_events R1", "workflow_run_log R2", "workflow_runs R2",
  ]);
  assert.deepEqual((await gwen.pullAll(g.cursor)).entries, []);
});

test("rows asked for by key are given as they are now, and not to who may not see them", async () => {
  const asked = {
    rows: [
      { table: "pricing_master", key: ["C1", "10412", "2026-2027"] },
      { table: "pricing_master", key: ["C2", "10412", "2026-2027"] },
      { table: "customers", key: ["C4"] },
      { table: "customers", key: ["nobody"] },
    ],
  };
  const rows = async (device: Device) => ((await (await device.post("/v1/rows", asked)).json()) as { rows: { key: string[]; row: any }[] }).rows;
  assert.deepEqual((await rows(dana)).map(({ key, row }) => [key[0], row?.case_price ?? null]), [
    ["C1", "39.0000"], ["C2", null], ["C4", null], ["nobody", null],
  ]);
  assert.deepEqual((await rows(mike)).map(({ row }) => row?.case_price ?? null), ["39.0000", "41.0000", null, null]);
  assert.equal((await dana.post("/v1/rows", { rows: [{ table: "_evict", key: ["C1", "Dana W"] }] })).status, 400);
  assert.equal((await dana.post("/v1/rows", { rows: Array(501).fill(asked.rows[0]) })).status, 400);
});

test("what a rep has not drafted themselves and names no customer is not theirs", async () => {
  const [d, g] = [await dana.pullAll(), await gwen.pullAll()];
  await central.db
    .prepare(
      `INSERT INTO proposed_actions (id, action_type, action_key, status, summary, risk_level, payload, payload_hash, drafted_by,
         created_at, expires_at, updated_at)
       VALUES ('A1', 'quote_draft', 'k', 'pending', 's', 3, '{}', 'h', 'Dana', 't', 't', 't')`,
    )
    .run();
  assert.deepEqual(seen((await dana.pullAll(d.cursor)).entries), ["proposed_actions A1"]);
  assert.deepEqual((await gwen.pullAll(g.cursor)).entries, []);
});
