/**
 * What waits to go out, put into the database as a device's push leaves it, and what became of it. Owns the rows'
 * forms and waiting for an end.
 */

import { type Central, sha256 } from "./central.ts";
import { NOW, canonical } from "./push.ts";

export type Queue = "NS_PUSH_QUEUE" | "MAIL_QUEUE";

export interface Line {
  item: string;
  netsuite_id: string | null;
  quantity: number;
  price: string;
}

export const LINES: Line[] = [
  { item: "10412", netsuite_id: "51203", quantity: 120, price: "26.3200" },
  { item: "20825", netsuite_id: "51285", quantity: 3, price: "26.3215" },
];
/** 120 × 26.32 = 3,158.40 and 3 × 26.3215 = 78.9645, each in cents. */
export const TOTAL = "3237.3600";

export async function waitingPush(
  central: Central,
  quote: string,
  otherwise: { netsuite_id?: string | null; lines?: Line[]; total?: string; body?: unknown } = {},
): Promise<string> {
  const opId = `R${quote}.ns_push`;
  const body = otherwise.body ?? {
    external_id: quote,
    quote: {
      id: quote,
      customer: { id: "C1", name: "Cedar Falls", netsuite_id: otherwise.netsuite_id === undefined ? "20418" : otherwise.netsuite_id },
      school_year: "2027-2028",
      issued_on: "2026-11-23",
      valid_until: "2027-01-07",
      lines: (otherwise.lines ?? LINES).map((line) => ({
        item_code: line.item, description: `Item ${line.item}`, netsuite_id: line.netsuite_id, quantity: line.quantity,
        net_price: line.price,
      })),
      totals: { total: otherwise.total ?? TOTAL },
    },
  };
  await central.db
    .prepare("INSERT INTO ns_pushes (op_id, quote_id, record, external_id, body, updated_at) VALUES (?1, ?2, 'estimate', ?2, ?3, ?4)")
    .bind(opId, quote, canonical(body), now())
    .run();
  return opId;
}

export const PDF = Buffer.from("%PDF-1.7 the very bytes that were approved");

export async function waitingEmail(
  central: Central,
  quote: string,
  otherwise: { to?: string; stored?: Buffer | null; sha256?: string } = {},
): Promise<string> {
  const opId = `M${quote}.queue_email`;
  const object = `quotes/${quote}.pdf`;
  const stored = otherwise.stored === undefined ? PDF : otherwise.stored;
  if (stored !== null) await (await central.runtime.getR2Bucket("FILES")).put(object, Uint8Array.from(stored), { sha256: sha256(stored) });
  const message = {
    attachment: { object, sha256: otherwise.sha256 ?? sha256(PDF), size: PDF.length },
    body: "Hello Marcy,\n\nHere is our price quote.", customer_id: "C1", quote_id: quote,
    subject: `Your price quote ${quote}`, to: otherwise.to ?? "marcy@cedarfalls.example",
  };
  await central.db.batch([
    central.db
      .prepare("INSERT INTO emails (op_id, action_id, quote_id, customer_id, message, updated_at) VALUES (?1, ?2, ?3, 'C1', ?4, ?5)")
      .bind(opId, `A${quote}`, quote, canonical(message), now()),
    quoteStatement(central, quote),
  ]);
  return opId;
}

export function quoteStatement(central: Central, quote: string, status = "approved") {
  return central.db
    .prepare(
      `INSERT INTO quotes (id, customer_id, school_year, lifecycle_status, generated_at, issued_on, valid_until, price_from,
         price_to, run_id, include_pdf, cases, commercial, df_value, total, prepared_by, snapshot_hash, snapshot, updated_at)
       VALUES (?1, 'C1', '2027-2028', ?2, ?3, '2026-11-23', '2027-01-07', '2027-07-01', '2028-06-30', 'R' || ?1, 1, 1,
         '1.0000', '0.0000', '1.0000', 'Dana', '', '{}', ?3)`,
    )
    .bind(quote, status, NOW);
}

/** A message of the queue, as a push sends it. */
export async function tell(central: Central, queue: Queue, opId: string): Promise<void> {
  await (await central.runtime.getQueueProducer<{ op_id: string }>(queue)).send({ op_id: opId });
}

/** The clock strikes. */
export async function strike(central: Central, at: Date = new Date()): Promise<void> {
  await (await central.runtime.getWorker()).scheduled({ scheduledTime: at, cron: "* * * * *" });
}

export function rowOf(central: Central, queue: Queue, opId: string): Promise<any> {
  return central.db.prepare(`SELECT * FROM ${queue === "MAIL_QUEUE" ? "emails" : "ns_pushes"} WHERE op_id = ?1`).bind(opId).first();
}

/** The row once it is in that state. */
export async function until(central: Central, queue: Queue, opId: string, state: string, seconds = 25): Promise<any> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const row = await rowOf(central, queue, opId);
    if (row?.state === state) return row;
    if (Date.now() > end) throw new Error(`${opId} is not ${state}: ${JSON.stringify({ ...row, body: undefined, message: undefined })}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export async function alertsOf(central: Central, opId: string): Promise<any[]> {
  return (await central.db.prepare("SELECT * FROM alerts WHERE op_id = ?1 ORDER BY created_at").bind(opId).all()).results;
}

const now = (): string => new Date().toISOString();
