// The tables that files can be brought into. Pure.

import type { Table } from "../../lib/gen/api";

export const TABLES: readonly { value: Table; label: string; about: string; place: string | null }[] = [
  { value: "customers", label: "Customers", about: "Districts, co-ops and distributors, with their contacts", place: "/customers" },
  { value: "spec_items", label: "Items", about: "The catalogue: packs, nutrition, donated food", place: "/catalog" },
  { value: "pricing_master", label: "Prices", about: "Case prices and costs, by customer, item and school year", place: "/prices" },
  { value: "customer_programs", label: "Programs", about: "Which customer buys under which program", place: "/customers" },
  { value: "customer_profiles", label: "Credit", about: "Credit limits and open balances of customers", place: "/customers" },
];

export function tableOf(value: Table): (typeof TABLES)[number] {
  return TABLES.find((table) => table.value === value) ?? { value, label: value, about: "", place: null };
}

/** Which table a header is of, by what only that table has; null when it does not say. */
export function guess(header: string): Table | null {
  const columns = new Set(header.toLowerCase().split(",").map((column) => column.trim().replace(/^"|"$/g, "")));
  const has = (...names: string[]): boolean => names.every((name) => columns.has(name));
  if (has("customer_id", "item_code", "school_year")) return "pricing_master";
  if (has("item_code", "description")) return "spec_items";
  if (has("customer_id", "program")) return "customer_programs";
  if (has("customer_id") && (has("credit_limit") || has("ar_balance"))) return "customer_profiles";
  return has("id", "entitystatus") ? "customers" : null;
}
