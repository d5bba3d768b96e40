// What two people set differently, in words.

import type { Conflict, DraftShown } from "../../../lib/gen/api";
import { ruleInWords } from "../lines/priceRule";

const FIELDS: Record<Conflict["field"], string> = {
  customer: "Customer",
  school_year: "School year",
  quantity: "Cases",
  price: "Price",
  removal: "Whether the line stays",
};

/** What the conflict is about: “Price of 10412”. */
export function conflictName(conflict: Conflict, draft: Pick<DraftShown, "lines" | "removed">): string {
  const field = FIELDS[conflict.field];
  if (conflict.line_id === null) return field;
  const line = draft.lines.find((one) => one.line_id === conflict.line_id);
  if (line) return `${field} · ${[line.item_code, line.description].filter(Boolean).join(" ")}`;
  const removed = draft.removed.find((one) => one.line_id === conflict.line_id);
  return `${field} · ${removed?.item_code ?? "a line"}, taken off`;
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
