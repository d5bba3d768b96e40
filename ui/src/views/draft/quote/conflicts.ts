// What two people set differently, in words.

import type { Conflict, LineShown } from "../../../lib/gen/api";
import { ruleInWords } from "../lines/priceRule";

const FIELDS: Record<Conflict["field"], string> = {
  customer: "Customer",
  school_year: "School year",
  quantity: "Cases",
  price: "Price",
  removal: "Whether the line stays",
};

/** What the conflict is about: “Price of 10412”. */
export function conflictName(conflict: Conflict, lines: readonly LineShown[]): string {
  const field = FIELDS[conflict.field];
  if (conflict.line_id === null) return field;
  const line = lines.find((one) => one.line_id === conflict.line_id);
  return `${field} · ${line ? [line.item_code, line.description].filter(Boolean).join(" ") : "a line that was taken off"}`;
}

/** One of its values as it is read. */
export function claimInWords(field: Conflict["field"], value: string): string {
  switch (field) {
    case "quantity":
      return `${value} ${value === "1" ? "case" : "cases"}`;
    case "price":
      return ruleInWords(value);
    case "removal":
      return value === "removed" ? "Taken off" : "Kept";
    default:
      return value;
  }
}
