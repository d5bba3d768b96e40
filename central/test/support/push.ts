/**
 * What a device pushes, made in a test: operations, staged actions, signed decisions, and the outbox of a real
 * device's demo. Owns their forms, written here a second time so that a mistake in one is not one in both.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../dev/build.mjs";
import { type Central, type Device, sha256 } from "./central.ts";

export interface Op {
  op_id: string;
  aggregate: string;
  kind: string;
  run_id: string | null;
  step_id: string | null;
  after: string | null;
  created_by: string;
  created_at: string;
  payload: string;
  payload_hash: string;
}

export interface Result {
  op_id: string;
  outcome: "applied" | "duplicate" | "conflict" | "rejected" | "retry";
  first: string | null;
  result: any;
  code: string | null;
  message: string | null;
  hint: string | null;
}

export const NOW = "2026-11-23T10:00:00.000Z";

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return `{${fields.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(",")}}`;
}

export function op(by: string, kind: string, opId: string, payload: unknown, more: Partial<Op> = {}): Op {
  const text = canonical(payload);
  return {
    op_id: opId, aggregate: `test:${opId}`, kind, run_id: null, step_id: null, after: null, created_by: by,
    created_at: NOW, payload: text, payload_hash: sha256(text), ...more,
  };
}

/** Push; every answer must be a 200 with one result an operation, in order. */
export async function push(device: Device, ops: Op[]): Promise<Result[]> {
  const answer = await device.post("/v1/push", { ops });
  if (answer.status !== 200) throw new Error(`push: ${answer.status} ${await answer.text()}`);
  const { results } = (await answer.json()) as { results: Result[] };
  if (results.map((one) => one.op_id).join() !== ops.map((one) => one.op_id).join()) throw new Error("not one a op, in order");
  return results;
}

export async function pushOne(device: Device, one: Op): Promise<Result> {
  return (await push(device, [one]))[0] as Result;
}

/** `applied`, or `rejected not_approved`: what is said of an operation, in short. */
export const said = (result: Result | undefined): string => [result?.outcome, result?.code].filter(Boolean).join(" ");

export interface ActionWanted {
  id: string;
  type?: string;
  key?: string;
  customer?: string | null;
  quote?: string | null;
  run?: string | null;
  draftedBy?: string;
  expiresAt?: string;
  shown?: unknown;
  after?: string | null;
}

export function actionOp(by: string, wanted: ActionWanted): Op {
  const shown = canonical(wanted.shown ?? { quote: wanted.quote ?? null });
  const payload = {
    id: wanted.id, action_type: wanted.type ?? "quote_draft", action_key: wanted.key ?? `key:${wanted.id}`,
    summary: `About ${wanted.id}`, risk_level: 1, customer_id: wanted.customer ?? null, quote_id: wanted.quote ?? null,
    draft_id: null, run_id: wanted.run ?? null, payload: shown, payload_hash: sha256(shown),
    drafted_by: wanted.draftedBy ?? by, created_at: NOW, expires_at: wanted.expiresAt ?? "2026-12-07T10:00:00.000Z",
  };
  return op(by, "action", `${wanted.id}.staged`, payload, {
    aggregate: `action:${wanted.id}`, after: wanted.after ?? null,
  });
}

/** The decisions of one device, each bound to the one before it. */
export class Decider {
  seq = 0;
  last = sha256("fieldquote decisions");

  constructor(readonly device: Device) {}

  /** Decide what an `action` operation staged. */
  decide(staged: Op, verdict: "approved" | "rejected" = "approved", otherwise: Record<string, unknown> = {}): Op {
    const action = JSON.parse(staged.payload);
    const record = canonical({
      action_id: action.id, verdict, payload_hash: action.payload_hash, drafted_by: action.drafted_by,
      decided_by: this.device.userName, decided_at: NOW, note: null, ...otherwise,
    });
    const prev = this.last;
    this.seq += 1;
    this.last = sha256(Buffer.concat([Buffer.from(prev, "hex"), Buffer.from(sha256(record), "hex")]));
    return op(this.device.userName, "decision", `${action.id}.decided`, {
      record, seq: this.seq, prev_hash: prev, hash: this.last, public_key: this.device.publicKey,
      signature: this.device.sign("application/vnd.fieldquote.decision+json", record),
    }, { aggregate: `action:${action.id}` });
  }
}

/** The same operation with its payload changed. */
export function altered(one: Op, change: (payload: any) => void): Op {
  const payload = JSON.parse(one.payload);
  change(payload);
  const text = canonical(payload);
  return { ...one, payload: text, payload_hash: sha256(text) };
}

const FIXTURES = join(ROOT, "test/fixtures");
export const demoOutbox = (): Op[] => JSON.parse(readFileSync(join(FIXTURES, "demo-outbox.json"), "utf8"));
export const demoPdf = (): Buffer => readFileSync(join(FIXTURES, "demo-quote.pdf"));

/** The people and the customer of the demo, and their devices: Mike's signs with the key the demo signed with. */
export async function demoPeople(central: Central): Promise<{ dana: Device; mike: Device }> {
  const outbox = demoOutbox();
  const action = JSON.parse(outbox.find((one) => one.kind === "action")?.payload ?? "{}");
  const customer = JSON.parse(action.payload).quote.customer;
  await central.reference([
    { table: "customers", row: customerRow(customer.id, customer.sales_rep, customer.name) },
    { table: "customer_profiles", row: { customer_id: customer.id, credit_limit: "180000.0000", ar_balance: "1.0000", last_quote_event: null, updated_at: NOW } },
  ]);
  await central.user("Dana Ruiz", "rep", customer.sales_rep);
  await central.user("Mike", "approver");
  const { Device } = await import("./central.ts");
  const dana = await central.enrolled("Dana Ruiz");
  const mike = new Device(central, "Mike");
  const signed = JSON.parse(outbox.find((one) => one.kind === "decision")?.payload ?? "{}");
  const answer = await mike.enrol(await central.code("Mike"), { public_key: signed.public_key });
  if (!answer.ok) throw new Error(await answer.text());
  return { dana, mike };
}

export function customerRow(id: string, salesRep: string | null, name = `District ${id}`): Record<string, unknown> {
  return {
    id, name, customer_type: "district", city: null, state: "IA", zip: null, address1: null, entitystatus: "active",
    netsuite_id: null, terms: null, price_level: null, sales_rep: salesRep, contact_name: null, contact_email: null,
    contact_phone: null, aliases: "", updated_at: NOW,
  };
}

/** Send a document; the operation goes in the header. */
export function uploadPdf(device: Device, one: Op, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  return device.fetch("/api/quote/pdf", {
    method: "POST",
    headers: {
      "Content-Type": "application/pdf",
      "FieldQuote-Op": Buffer.from(JSON.stringify(one)).toString("base64url"),
      ...headers,
    },
    body: bytes,
  });
}

/** Everything of the demo that is pushed, in order; documents by their route. */
export async function drainDemo(dana: Device, mike: Device): Promise<Map<string, Result>> {
  const results = new Map<string, Result>();
  for (const one of demoOutbox()) {
    const device = one.created_by === "Mike" ? mike : dana;
    const result = one.kind === "http_call"
      ? ((await (await uploadPdf(device, one, demoPdf())).json()) as Result)
      : await pushOne(device, one);
    results.set(one.op_id, result);
  }
  return results;
}

export async function count(central: Central, table: string, where = "1"): Promise<number> {
  const row = await central.db.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<{ n: number }>();
  return row?.n ?? -1;
}

export async function rowsOf(central: Central, sql: string, ...values: unknown[]): Promise<any[]> {
  return (await central.db.prepare(sql).bind(...values).all()).results;
}

/** A quote as a gate shows it, and everything its approval releases. */
export function gateOf(wanted: { quote: string; customer: string; run: string; revisionOf?: string; items?: string[]; pdf?: Buffer; more?: object }) {
  const items = wanted.items ?? ["10412"];
  const quote = {
    id: wanted.quote, customer: { id: wanted.customer }, school_year: "2026-2027", revision_of: wanted.revisionOf ?? null,
    lines: items.map((item, at) => ({ line_no: at + 1, item_code: item, case_price: "38.0800", cost_basis: "31.7300" })),
  };
  const pushed = { external_id: wanted.quote, quote: { id: wanted.quote, totals: { total: "38.0800" } } };
  const tables = ["quotes", "quote_lines", "proposed_pricing", "price_history", "pricing_master"];
  const shown = {
    quote, run_id: wanted.run, self_approval: "allowed", ...wanted.more,
    releases: [
      { id: "write_quote", kind: "d1_write", does: "write", writes: tables.map((table) => ({ table, label: table, sql: "", binds: [], rows: [] })) },
      ...(wanted.pdf === undefined ? [] : [{
        id: "render_pdf", kind: "http_call", does: "document", path: "/api/quote/pdf", method: "POST", body: "quote_pdf",
        object: `quotes/${wanted.quote}.pdf`, sha256: sha256(wanted.pdf), size: wanted.pdf.length, pages: 1, replaced: 0,
      }]),
      { id: "ns_push", kind: "ns_push", does: "push", queue: "NS_PUSH_QUEUE", record: "estimate", payload: pushed },
      { id: "touch", kind: "d1_write", does: "write", writes: [{ table: "customer_profiles", label: "", sql: "", binds: [], rows: [] }] },
    ],
  };
  return { quote, pushed, shown, action: `A-${wanted.run}` };
}

export type Gate = ReturnType<typeof gateOf>;

/** The operation that asks for the gate's approval. */
export function gateOp(by: string, gate: Gate): Op {
  return actionOp(by, {
    id: gate.action, type: "workflow_customer_quote", customer: gate.quote.customer.id, quote: gate.quote.id,
    run: gate.shown.run_id, shown: gate.shown,
  });
}

/** Rows of a step of the gate's run. */
export function rowsOp(by: string, gate: Gate, rows: [table: string, row: object, change?: string][], more: Partial<Op> & { n?: number | string } = {}): Op {
  const { n = 0, ...rest } = more;
  const payload = { rows: rows.map(([table, row, change = "upsert"]) => ({ table, change, row })) };
  return op(by, "rows", `${gate.shown.run_id}.write_quote.do.${n}`, payload, {
    aggregate: `quote:${gate.quote.id}`, run_id: gate.shown.run_id, step_id: "write_quote", after: `${gate.action}.decided`, ...rest,
  });
}

export function quoteRow(gate: Gate, more: object = {}): Record<string, unknown> {
  const snapshot = canonical(gate.quote);
  return {
    id: gate.quote.id, customer_id: gate.quote.customer.id, school_year: "2026-2027", lifecycle_status: "approved",
    generated_at: NOW, issued_on: "2026-11-23", valid_until: "2027-01-07", price_from: "2026-07-01", price_to: "2027-06-30",
    revision_of: gate.quote.revision_of, draft_id: null, run_id: gate.shown.run_id, include_pdf: 1, cases: 1,
    commercial: "38.0800", df_value: "0.0000", total: "38.0800", prepared_by: "Dana", snapshot_hash: sha256(snapshot),
    snapshot, updated_at: NOW, ...more,
  };
}

export function priceRow(gate: Gate, more: object = {}): Record<string, unknown> {
  return {
    customer_id: gate.quote.customer.id, item_code: gate.quote.lines[0]?.item_code, school_year: "2026-2027",
    case_price: "38.0800", cost_basis: "31.7300", margin_pct: null, effective_from: "2026-07-01", effective_to: "2027-06-30",
    updated_at: NOW, ...more,
  };
}

export function nsOp(by: string, gate: Gate, more: Partial<Op> = {}): Op {
  return op(by, "queue", `${gate.shown.run_id}.ns_push`, { queue: "NS_PUSH_QUEUE", record: "estimate", payload: gate.pushed }, {
    aggregate: `quote:${gate.quote.id}`, run_id: gate.shown.run_id, step_id: "ns_push", after: `${gate.action}.decided`, ...more,
  });
}

/** What the customer said to a quote: yes, unless it is told otherwise. */
export function outcomeOp(by: string, quote: string, otherwise: Record<string, unknown> = {}, more: Partial<Op> = {}): Op {
  const payload = {
    quote_id: quote, outcome: "accepted", reason: null, competitor: null, note: null, decided_by: by, decided_at: NOW, ...otherwise,
  };
  return op(by, "quote_outcome", `${quote}.outcome.${sha256(by).slice(0, 6)}`, payload, { aggregate: `quote:${quote}`, ...more });
}
