/**
 * Table `ns_pushes` as its consumer sees it: a push to carry out, and one that is done; and the internal ids NetSuite
 * knows customers and items by. Owns that SQL; leases are leases.ts.
 */

import type { Leased } from "../deliveries/lane.ts";
import type { KnownIds, Quote } from "../netsuite/estimate.ts";
import { takeLease } from "./leases.ts";

export interface PushRow extends Leased {
  record: string;
  external_id: string;
  /** JSON: `{external_id, quote}`. */
  body: string;
}

export function takePush(db: D1Database, opId: string, now: string, until: string): Promise<PushRow | null> {
  return takeLease<PushRow>(db, "ns_pushes", "op_id, quote_id, record, external_id, body, attempts", opId, now, until);
}

/** NetSuite has it; so it is even when the lease ran out meanwhile. */
export function pushedStatement(
  db: D1Database,
  row: PushRow,
  found: { netsuiteId: string; total: string },
  now: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE ns_pushes SET state = 'pushed', netsuite_id = ?2, total = ?3, attempts = attempts + 1, last_error = NULL,
         lease_until = NULL, updated_at = ?4
       WHERE op_id = ?1 AND state <> 'pushed'`,
    )
    .bind(row.op_id, found.netsuiteId, found.total, now);
}

export async function netsuiteIds(db: D1Database, quote: Quote): Promise<KnownIds> {
  const [customers, items] = await db.batch([
    db.prepare("SELECT netsuite_id FROM customers WHERE id = ?1").bind(quote.customer.id),
    db
      .prepare(
        `SELECT item_code, netsuite_id FROM spec_items
         WHERE netsuite_id IS NOT NULL AND item_code IN (SELECT value FROM json_each(?1))`,
      )
      .bind(JSON.stringify(quote.lines.map((line) => line.item_code))),
  ]);
  const customer = (customers?.results[0] as { netsuite_id: string | null } | undefined)?.netsuite_id ?? null;
  const found = (items?.results ?? []) as { item_code: string; netsuite_id: string }[];
  return { customer, items: new Map(found.map((one) => [one.item_code, one.netsuite_id])) };
}
