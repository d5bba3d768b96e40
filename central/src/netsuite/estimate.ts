/**
 * A quote as NetSuite's estimate: which field of one is which of the other, and whether an estimate read back is the
 * quote's. Owns both directions of that mapping. Must not know HTTP.
 */

import { Refused } from "../deliveries/outcome.ts";
import { exactNumber, scaled } from "./exact.ts";

/** A quote as it was approved for pushing, as far as an estimate needs it. */
export interface Quote {
  id: string;
  customer: { id: string; name: string; netsuite_id: string | null };
  school_year: string;
  issued_on: string;
  valid_until: string;
  lines: QuoteLine[];
  totals: { total: string };
}

export interface QuoteLine {
  item_code: string;
  description: string;
  netsuite_id: string | null;
  quantity: number;
  /** Price of a case, four decimals. */
  net_price: string;
}

/** NetSuite's internal ids as the reference data has them now. */
export interface KnownIds {
  customer: string | null;
  items: ReadonlyMap<string, string>;
}

export interface Wanted {
  entity: string;
  lines: { item: string; quantity: number; rate: string; description: string }[];
  total: string;
  quote: Quote;
}

/** The price level that keeps the rate it is given. */
const CUSTOM_PRICE = { id: "-1" };

/** What the estimate is to be. What the reference data says now goes before what the quote was approved with: an
 * internal id is no part of what was approved, and is put right there. */
export function wantedOf(quote: Quote, known: KnownIds): Wanted {
  const entity = known.customer ?? quote.customer.netsuite_id;
  if (!entity) throw new Refused(`customer ${quote.customer.id} (${quote.customer.name}) has no netsuite_id`);
  const without: string[] = [];
  const lines = quote.lines.map((line) => {
    const item = known.items.get(line.item_code) ?? line.netsuite_id;
    if (!item) without.push(line.item_code);
    return { item: item ?? "", quantity: line.quantity, rate: line.net_price, description: line.description };
  });
  if (without.length > 0) throw new Refused(`no netsuite_id for the item ${without.join(", ")}`);
  return { entity, lines, total: quote.totals.total, quote };
}

/** The estimate's JSON. */
export function bodyOf({ entity, lines, quote }: Wanted): string {
  return JSON.stringify({
    entity: { id: entity },
    tranDate: quote.issued_on,
    dueDate: quote.valid_until,
    title: `Quote ${quote.id}, school year ${quote.school_year}`,
    memo: quote.id,
    item: {
      items: lines.map((line) => ({
        item: { id: line.item },
        quantity: line.quantity,
        price: CUSTOM_PRICE,
        rate: exactNumber(line.rate),
        description: line.description,
      })),
    },
  });
}

/** An estimate as NetSuite shows it, its numbers as texts. */
export interface Shown {
  id: string;
  entity?: { id?: unknown };
  total?: unknown;
  item?: { items?: { item?: { id?: unknown }; quantity?: unknown; rate?: unknown }[] };
}

/** In which way the estimate is not the quote's, or null when it is. Amounts are compared in cents. */
export function difference(shown: Shown, wanted: Wanted): string | null {
  if (String(shown.entity?.id) !== wanted.entity) return "it is another customer's";
  const lines = shown.item?.items ?? [];
  if (lines.length !== wanted.lines.length) return `it has ${lines.length} lines, the quote ${wanted.lines.length}`;
  for (const [at, line] of wanted.lines.entries()) {
    const there = lines[at];
    if (String(there?.item?.id) !== line.item) return `line ${at + 1} is another item`;
    if (scaled(String(there?.quantity), 0) !== BigInt(line.quantity)) return `line ${at + 1} has another quantity`;
    const rate = scaled(there?.rate, 4);
    if (rate === null || rate !== scaled(line.rate, 4)) return `line ${at + 1} has another price`;
  }
  const cents = scaled(shown.total, 2);
  if (cents === null || cents !== scaled(wanted.total, 2)) return `its total is ${String(shown.total)}, the quote's ${wanted.total}`;
  return null;
}
