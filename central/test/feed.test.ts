/** The feed has every change of every table, once, in the order of commits, whoever made the change. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, type Device, startCentral } from "./support/central.ts";
import { customer, item, price } from "./support/rows.ts";

let central: Central;
let mike: Device;
before(async () => {
  central = await startCentral();
  await central.user("Mike", "approver");
  mike = await central.enrolled("Mike");
});
after(() => central.stop());

/** A row of each table the feed has, by SQL, as a person at the database would write it; and its key. */
const ROWS: Record<string, { row: Record<string, unknown>; key: unknown[]; fed?: Record<string, unknown> }> = {
  customers: { row: { id: "F1", name: "n", customer_type: "coop", entitystatus: "active", updated_at: "t" }, key: ["F1"] },
  customer_profiles: { row: { customer_id: "F1", updated_at: "t" }, key: ["F1"] },
  customer_programs: {
    row: { id: "P1", customer_id: "F1", program: "noi", status: "active", school_year: "2026-2027", updated_at: "t" },
    key: ["P1"],
  },
  spec_items: { row: { item_code: "I1", description: "d", servings_per_case: 96, updated_at: "t" }, key: ["I1"] },
  pricing_master: {
    row: { customer_id: "F1", item_code: "I1", school_year: "2026-2027", case_price: "1.0000", updated_at: "t" },
    key: ["F1", "I1", "2026-2027"],
  },
  company: { row: { id: "company", text: "{}", updated_at: "t" }, key: ["company"] },
  draft_chunks: {
    row: { draft_id: "D1", sha256: "ab", kind: "snapshot", heads: "[]", bytes: "00", drafted_by: "Dana", created_at: "t" },
    key: ["D1", "ab"],
  },
  quotes: {
    row: {
      id: "Q1", customer_id: "F1", school_year: "2026-2027", lifecycle_status: "approved", generated_at: "t", issued_on: "t",
      valid_until: "t", price_from: "t", price_to: "t", include_pdf: 1, cases: 3, commercial: "1.0000", df_value: "0.0000",
      total: "1.0000", prepared_by: "Dana", snapshot_hash: "h", snapshot: "{}", updated_at: "t",
    },
    key: ["Q1"],
  },
  quote_lines: {
    row: {
      quote_id: "Q1", line_no: 7, item_code: "I1", description: "d", quantity: 3, case_price: "1.0000", price_source: "s",
      program: "commercial", net_price: "1.0000", extended: "3.0000",
    },
    key: ["Q1", 7],
  },
  quote_outcomes: {
    row: { quote_id: "Q1", outcome: "declined", reason: "price", note: "n", decided_by: "Dana", decided_at: "t", updated_at: "t" },
    key: ["Q1"],
  },
  proposed_pricing: {
    row: {
      quote_id: "Q1", customer_id: "F1", item_code: "I1", school_year: "2026-2027", case_price: "1.0000",
      effective_from: "t", effective_to: "t", status: "proposed", proposed_at: "t",
    },
    key: ["Q1", "I1"],
  },
  price_history: {
    row: {
      replaced_by_quote: "Q1", customer_id: "F1", item_code: "I1", school_year: "2026-2027", case_price: "1.0000", replaced_at: "t",
    },
    key: ["Q1", "F1", "I1", "2026-2027"],
  },
  files: {
    row: { object_key: "quotes/Q1.pdf", sha256: "ab", size: 10, media_type: "application/pdf", quote_id: "Q1", stored_at: "t" },
    key: ["quotes/Q1.pdf"],
  },
  outbound_email_log: {
    row: { id: "E1", related_quote_id: "Q1", action_id: "A1", recipient: "r", subject: "s", sent_at: "t" },
    key: ["E1"],
  },
  proposed_actions: {
    row: {
      id: "A1", action_type: "quote_draft", action_key: "k", status: "pending", summary: "s", risk_level: 3, payload: "{}",
      payload_hash: "h", drafted_by: "Dana", created_at: "t", expires_at: "t", updated_at: "t",
    },
    key: ["A1"],
  },
  workflow_runs: {
    row: { run_id: "R1", workflow_type: "w", contract_version: 1, status: "completed", started_by: "Dana", started_at: "t", completed_at: "t" },
    key: ["R1"],
  },
  workflow_run_log: {
    row: { run_id: "R1", workflow_type: "w", status: "completed", started_at: "t", completed_at: "t", summary_json: "{}" },
    key: ["R1"],
  },
  reflexion_log: { row: { run_id: "R1", tags: "a,b", narrative: "n", created_at: "t" }, key: ["R1", "a,b"] },
  workflow_events: { row: { run_id: "R1", event: "workflow.completed", payload: "{}", created_at: "t" }, key: ["R1"] },
  workflow_verify_results: {
    row: { run_id: "R1", check_id: "c", status: "pending", evidence: "{}", created_at: "t" },
    key: ["R1", "c"],
  },
  alerts: { row: { id: "X1", message: "m", created_at: "t" }, key: ["X1"] },
};

async function insert(table: string, row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row);
  const marks = names.map((_, at) => `?${at + 1}`);
  await central.db
    .prepare(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${marks.join(", ")})`)
    .bind(...Object.values(row))
    .run();
}

for (const [table, { row, key }] of Object.entries(ROWS)) {
  test(`${table}: a row put in, changed and deleted by hand is fed each time with all its columns`, async () => {
    const columns = await central.db.prepare(`SELECT * FROM pragma_table_info('${table}')`).all<{ name: string; pk: number }>();
    const names = columns.results.map((column) => column.name);
    const start = await mike.pullAll();

    await insert(table, row);
    const put = await mike.pull(start.cursor);
    assert.deepEqual(put.entries.map((entry) => [entry.table, entry.key]), [[table, key]]);
    const fed = put.entries[0]?.row ?? {};
    assert.deepEqual(Object.keys(fed), names);
    for (const [name, value] of Object.entries(row)) assert.equal(fed[name], value, name);

    const changed = names.find((name) => !(name in row)) ?? names.at(-1) ?? "";
    const isKey = columns.results.filter((column) => column.pk > 0).map((column) => column.name);
    const where = isKey.map((name, at) => `${name} = ?${at + 1}`).join(" AND ");
    const values = isKey.map((name) => row[name]);
    const text = ["evidence", "payload", "summary_json", "text", "details", "snapshot", "heads"].includes(changed) ? "[1]" : "z";
    await central.db.prepare(`UPDATE ${table} SET ${changed} = '${text}' WHERE ${where}`).bind(...values).run();
    const update = await mike.pull(put.cursor);
    assert.deepEqual(update.entries.map((entry) => [entry.table, entry.key, entry.row?.[changed]]), [[table, key, text]]);

    await central.db.prepare(`UPDATE ${table} SET ${changed} = '${text}' WHERE ${where}`).bind(...values).run();
    assert.deepEqual((await mike.pull(update.cursor)).entries, [], "what changes nothing is not fed");

    await assert.rejects(
      central.db.prepare(`UPDATE ${table} SET ${isKey[0]} = 'other' WHERE ${where}`).bind(...values).run(),
      /a key never changes|CHECK constraint/,
    );

    await central.db.prepare(`DELETE FROM ${table} WHERE ${where}`).bind(...values).run();
    const deleted = await mike.pull(update.cursor);
    assert.deepEqual(deleted.entries.map(({ table, key, gone }) => ({ table, key, gone })), [{ table, key, gone: true }]);

    const whole = await mike.pullAll();
    const entries = whole.entries.filter((entry) => entry.table === table && JSON.stringify(entry.key) === JSON.stringify(key));
    assert.equal(entries.length, 1, "of all that happened to a row the feed keeps the last");
  });
}

test("only the decision that stands is fed, and no decision is ever changed", async () => {
  const start = await mike.pullAll();
  const decision = (seq: number, outcome: string) => ({
    public_key: "pk", seq, action_id: "A9", record: "{}", prev_hash: "p", hash: `h${seq}`, signature: "s", device_id: "d", outcome, received_at: "t",
  });
  await insert("decisions", decision(1, "stands"));
  await insert("decisions", decision(2, "overruled"));
  const { entries } = await mike.pull(start.cursor);
  assert.deepEqual(entries.map((entry) => [entry.table, entry.key, entry.row]), [
    ["decisions", ["A9"], { action_id: "A9", record: "{}", seq: 1, prev_hash: "p", hash: "h1", signature: "s", public_key: "pk" }],
  ]);
  await assert.rejects(insert("decisions", decision(3, "stands")), /UNIQUE/);
  await assert.rejects(central.db.prepare("UPDATE decisions SET outcome = 'overruled'").run(), /never changed/);
  await assert.rejects(central.db.prepare("DELETE FROM decisions").run(), /never deleted/);
});

test("a statement with a conflict clause of its own does not keep its row from the feed", async () => {
  await central.reference([item("I7", "old")]);
  const start = await mike.pullAll();
  await central.db
    .prepare("INSERT OR REPLACE INTO spec_items (item_code, description, updated_at) VALUES ('I7', 'new', 't')")
    .run();
  await central.db.prepare("UPDATE OR IGNORE spec_items SET description = 'newer' WHERE item_code = 'I7'").run();
  const { entries } = await mike.pull(start.cursor);
  assert.deepEqual(entries.map((entry) => entry.row?.description), ["newer"]);
});

test("numbers grow, and the feed resumed at any of them gives exactly what is above", async () => {
  const lines = [customer("N1", "R")];
  for (let n = 0; n < 120; n += 1) lines.push(price("N1", `I${n}`) as never);
  await central.reference(lines);
  const whole = await mike.pullAll();
  const seqs = whole.entries.map((entry) => entry.seq);
  assert.deepEqual(seqs, [...seqs].sort((a, b) => a - b));
  assert.equal(new Set(seqs).size, seqs.length);
  for (const at of [0, 1, 40, seqs.length - 1]) {
    const rest = await mike.pullAll(`${whole.feed}.${seqs[at]}`);
    assert.deepEqual(rest.entries, whole.entries.slice(at + 1));
  }
  assert.equal(whole.cursor, `${whole.feed}.${whole.head}`);
  assert.deepEqual(await mike.pull(whole.cursor).then(({ entries, cursor, more }) => ({ entries, cursor, more })), {
    entries: [], cursor: whole.cursor, more: false,
  });
});

test("rows too large to be sent together come one by one, none lost, in order", async () => {
  const start = await mike.pullAll();
  const sizes = [10, 900_000, 10, 1_800_000, 500_000, 10, 1_900_000, 1_200_000, 10];
  for (const [n, size] of sizes.entries()) await central.reference([item(`L${n}`, "x".repeat(Math.min(size, 900_000)))]);
  for (const [n, size] of sizes.entries()) {
    await central.db.prepare("UPDATE spec_items SET description = ?1 WHERE item_code = ?2").bind("y".repeat(size), `L${n}`).run();
  }
  const { entries } = await mike.pullAll(start.cursor);
  assert.deepEqual(entries.map((entry) => [entry.key[0], entry.row?.description.length]), sizes.map((size, n) => [`L${n}`, size]));
});

test("the feed comes packed to a device that takes gzip, and plain to one that does not", async () => {
  const packed = await mike.fetch("/v1/pull", { headers: { "Accept-Encoding": "gzip" } });
  const plain = await mike.fetch("/v1/pull", { headers: { "Accept-Encoding": "identity" } });
  assert.equal(packed.headers.get("Content-Encoding"), "gzip");
  assert.equal(plain.headers.get("Content-Encoding"), null);
  const withoutTime = (text: string) => text.replace(/"at":"[^"]*"/, "");
  assert.equal(withoutTime(await packed.text()), withoutTime(await plain.text()));
});

test("more than one answer holds is fetched answer by answer", { timeout: 120_000 }, async () => {
  const start = await mike.pullAll();
  await central.db
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
       INSERT INTO changes (tbl, key, scope, gone, row) SELECT 'bulk', json_array(i), '*', 0, json_object('i', i) FROM n`,
    )
    .run();
  const first = await mike.pull(start.cursor);
  assert.equal(first.more, true);
  assert.ok(first.entries.length >= 50_000 && first.entries.length < 60_000);
  const second = await mike.pull(first.cursor);
  assert.equal(second.more, false);
  const numbers = [...first.entries, ...second.entries].map((entry) => entry.row?.i);
  assert.deepEqual(numbers, Array.from({ length: 60_000 }, (_, n) => n + 1));
});
