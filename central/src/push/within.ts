/**
 * Whether a row of an effect stays within what was approved.
 *
 * Owns what each table's rows must agree with in the approved payload: the quote that was shown, its
 * customer, its items and its year. A contract's statements ran on the device, so a row is compared with what
 * was approved, not recomputed. Must not look anything up.
 */

import { type Json, type JsonObject, canonical, isObject } from "../canonical.ts";
import type { PushedRow } from "./kinds/rows.ts";
import { type Release, notReleased } from "./released.ts";

type Agrees = (row: JsonObject, approved: Approved, change: PushedRow["change"]) => boolean;

interface Approved {
  quoteId: Json;
  customerId: Json;
  /** The quote this one takes the place of. */
  revisionOf: Json;
  quote: JsonObject;
  items: Set<Json>;
}

const AGREES: Record<string, Agrees> = {
  quotes(row, approved, change) {
    if (row["id"] !== approved.quoteId) {
      // What it takes the place of may be set aside, and nothing else about it.
      return row["id"] === approved.revisionOf && change === "upsert" && row["lifecycle_status"] === "superseded";
    }
    return (
      change === "delete" ||
      (row["customer_id"] === approved.customerId && row["snapshot"] === canonical(approved.quote))
    );
  },
  quote_lines: (row, approved) => row["quote_id"] === approved.quoteId,
  proposed_pricing: (row, approved, change) =>
    row["quote_id"] === approved.quoteId && (change === "delete" || isPriced(row, approved)),
  price_history: (row, approved) => row["replaced_by_quote"] === approved.quoteId && isPriced(row, approved),
  pricing_master: (row, approved) => isPriced(row, approved),
  customer_profiles: (row, approved) => row["customer_id"] === approved.customerId,
};

/** The price of an item on the quote, for its customer and its year. */
function isPriced(row: JsonObject, approved: Approved): boolean {
  return (
    row["customer_id"] === approved.customerId &&
    row["school_year"] === approved.quote["school_year"] &&
    approved.items.has(row["item_code"] ?? null)
  );
}

export function requireWithin({ action, payload }: Release, { table, change, row }: PushedRow): void {
  const quote = isObject(payload["quote"]) ? payload["quote"] : {};
  const lines = Array.isArray(quote["lines"]) ? quote["lines"] : [];
  const approved: Approved = {
    quoteId: action.quote_id ?? "",
    customerId: action.customer_id ?? "",
    revisionOf: quote["revision_of"] ?? "",
    quote,
    items: new Set(lines.map((line) => (isObject(line) ? (line["item_code"] ?? null) : null))),
  };
  if (!AGREES[table]?.(row, approved, change)) {
    throw notReleased(`action ${action.id} does not release this row of ${table}`);
  }
}
