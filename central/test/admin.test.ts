/** Who runs the central brings reference data, users and codes, and puts right what failed. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADMIN_TOKEN, type Central, type Device, startCentral } from "./support/central.ts";
import { customer, item, price } from "./support/rows.ts";

let central: Central;
let mike: Device;
before(async () => {
  central = await startCentral();
  await central.user("Mike", "approver");
  mike = await central.enrolled("Mike");
});
after(() => central.stop());

async function refused(body: string, headers: Record<string, string> = {}): Promise<[number, string]> {
  const answer = await central.fetch("/v1/admin/reference", {
    method: "POST",
    headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, "Content-Type": "application/x-ndjson", ...headers },
    body,
  });
  return [answer.status, ((await answer.json()) as any).error?.message];
}

test("rows that are the same, or newer in their time alone, are not fed again", async () => {
  const lines = [customer("C1", "Dana W"), item("10412"), price("C1", "10412"), price("C1", "10413")];
  assert.deepEqual(await central.reference(lines), { applied: 4, unchanged: 0 });
  const start = await mike.pullAll();
  assert.deepEqual(await central.reference(lines), { applied: 0, unchanged: 4 });
  assert.deepEqual(await central.reference([customer("C1", "Dana W", { updated_at: "2027-01-01T00:00:00.000Z" })]), {
    applied: 0, unchanged: 1,
  });
  assert.deepEqual(await central.reference([...lines.slice(0, 3), price("C1", "10413", "50.0000")]), { applied: 1, unchanged: 3 });
  const { entries } = await mike.pull(start.cursor);
  assert.deepEqual(entries.map((entry) => [entry.key, entry.row?.case_price]), [[["C1", "10413", "2026-2027"], "50.0000"]]);
});

test("rows are deleted by key; one that is not there is unchanged", async () => {
  await central.reference([item("X1"), item("X2")]);
  const gone = (code: string) => ({ table: "spec_items", key: [code], gone: true });
  assert.deepEqual(await central.reference([gone("X1"), gone("X9")]), { applied: 1, unchanged: 1 });
});

test("lines of several tables mixed are applied in their order", async () => {
  const lines = [item("M1", "first"), price("C1", "M1"), item("M1", "second"), { table: "spec_items", key: ["M1"], gone: true }, item("M1", "third")];
  await central.reference(lines);
  const { entries } = await mike.pullAll();
  assert.equal(entries.find((entry) => entry.table === "spec_items" && entry.key[0] === "M1")?.row?.description, "third");
});

test("the last quote's time is moved forwards alone: quotes write it too", async () => {
  const profile = (at: string | null) => ({ table: "customer_profiles", row: { customer_id: "C1", credit_limit: "100.0000", last_quote_event: at } });
  const kept = async () =>
    (await central.db.prepare("SELECT last_quote_event FROM customer_profiles").first<{ last_quote_event: string }>())?.last_quote_event;
  await central.reference([profile("2026-11-05T00:00:00.000Z")]);
  await central.reference([profile("2026-11-01T00:00:00.000Z"), profile(null)]);
  assert.equal(await kept(), "2026-11-05T00:00:00.000Z");
  await central.reference([profile("2026-11-09T00:00:00.000Z")]);
  assert.equal(await kept(), "2026-11-09T00:00:00.000Z");
});

test("a line that does not fit is named, and sending all again after putting it right is enough", async () => {
  const good = JSON.stringify(item("G1"));
  assert.deepEqual(await refused(`${good}\n{"table":"quotes","row":{}}`), [422, "Line 2: `table` is not a reference table."]);
  assert.deepEqual(await refused('{"table":"customers","row":{"id":"Z","colour":"red"}}'), [422, "Line 1: `customers` has no column `colour`."]);
  assert.deepEqual(await refused(`${good}\n\n{"table":`), [422, "Line 3: it is not JSON."]);
  assert.deepEqual(await refused('{"table":"pricing_master","key":["C1"],"gone":true}'), [422, "Line 1: `key` must be a list of 3 text(s)."]);
  const [status, message] = await refused('{"table":"customers","row":{"id":"Z"}}');
  assert.equal(status, 422);
  assert.match(message, /Lines 1 to 1 do not fit: .*NOT NULL/);
  assert.equal((await refused(good, { "Content-Type": "application/json" }))[0], 415);
  assert.equal((await central.reference([item("G1")])).applied, 1);
});

test("many rows come in one request", async () => {
  const lines = Array.from({ length: 5_000 }, (_, n) => price("BULK", `I${n}`));
  assert.deepEqual(await central.reference(lines), { applied: 5_000, unchanged: 0 });
  const counted = await central.db.prepare("SELECT count(*) AS n FROM pricing_master WHERE customer_id = 'BULK'").first<{ n: number }>();
  assert.equal(counted?.n, 5_000);
});

test("a device is listed with its user, and a code is only made for a user there is", async () => {
  const { devices } = await central.admin("GET", "/v1/admin/devices");
  const listed = devices.find((device: { id: string }) => device.id === mike.id);
  assert.deepEqual([listed.user, listed.role, listed.tag, listed.revoked_at], ["Mike", "approver", mike.tag, null]);
  await assert.rejects(central.code("Nobody"), /404/);
  await assert.rejects(central.code("Mike", 0), /400/);
  await assert.rejects(central.admin("POST", "/v1/admin/users", { name: "Eve", role: "boss" }), /400/);
  await assert.rejects(central.admin("POST", "/v1/admin/devices/nobody/revoke"), /404/);
});

test("an alert is resolved once, and every device sees it", async () => {
  await central.db.prepare("INSERT INTO alerts (id, message, created_at) VALUES ('X1', 'm', 't')").run();
  const start = await mike.pullAll();
  const first = await central.admin("POST", "/v1/admin/alerts/X1/resolve");
  assert.deepEqual(await central.admin("POST", "/v1/admin/alerts/X1/resolve"), first);
  const { entries } = await mike.pull(start.cursor);
  assert.deepEqual(entries.map((entry) => entry.row?.resolved_at), [first.resolved_at]);
  await assert.rejects(central.admin("POST", "/v1/admin/alerts/X2/resolve"), /404/);
});

test("what has failed is queued anew as if never tried, and its alert is resolved; nothing else is", async () => {
  await central.db.batch([
    central.db.prepare(
      `INSERT INTO ns_pushes (op_id, quote_id, record, external_id, body, state, attempts, last_error, updated_at)
       VALUES ('op1', 'Q1', 'estimate', 'Q1', '{}', 'failed', 3, 'no such customer', 't'), ('op2', 'Q2', 'estimate', 'Q2', '{}', 'pushed', 1, NULL, 't')`,
    ),
    central.db.prepare("INSERT INTO alerts (id, op_id, message, created_at) VALUES ('X3', 'op1', 'm', 't'), ('X4', 'op2', 'm', 't')"),
  ]);
  assert.deepEqual(await central.admin("POST", "/v1/admin/replay", { op_id: "op1" }), { op_id: "op1", queued: true });
  const row = await central.db.prepare("SELECT * FROM ns_pushes WHERE op_id = 'op1'").first<any>();
  assert.notEqual(row.state, "failed");
  assert.ok(row.attempts <= 1);
  const open = await central.db.prepare("SELECT id FROM alerts WHERE resolved_at IS NULL AND op_id IS NOT NULL").all<{ id: string }>();
  assert.deepEqual(open.results.map(({ id }) => id), ["X4"]);
  await assert.rejects(central.admin("POST", "/v1/admin/replay", { op_id: "op2" }), /409/);
  await assert.rejects(central.admin("POST", "/v1/admin/replay", { op_id: "op3" }), /404/);
});
