// A conflict of a draft in the words of whoever has to choose. Pure.

import type { Claim, Conflict, DraftShown } from "../../lib/gen/api";
import { price } from "../../lib/format/money";
import { clock } from "../../lib/format/when";

const FIELDS: Record<Conflict["field"], string> = {
  customer: "Customer",
  school_year: "School year",
  quantity: "Cases",
  price: "Price",
  removal: "On the quote or not",
};

/** What the conflict is about: the field, and the line when it is a line's. */
export function subject(conflict: Conflict, draft: DraftShown | undefined): string {
  const name = FIELDS[conflict.field];
  if (conflict.line_id === null) return name;
  const line = draft?.lines.find((one) => one.line_id === conflict.line_id);
  return line ? `${name} of ${line.item_code}${line.description ? `, ${line.description}` : ""}` : `${name} of a line`;
}

/** A price rule as a rep reads it. */
function ruleOf(rule: string): string {
  const [base = "", by = ""] = rule.split(" ", 2);
  if (base === "given") return price(by);
  const source = base === "last_year" ? "last year’s price" : base === "list" ? "list price" : rule;
  return by ? `${source} ${by}` : source;
}

/** One side's value as it is read. */
export function valueOf(conflict: Conflict, claim: Pick<Claim, "value">): string {
  switch (conflict.field) {
    case "quantity":
      return `${claim.value} cases`;
    case "price":
      return ruleOf(claim.value);
    case "removal":
      return claim.value === "removed" ? "taken off" : "kept";
    default:
      return claim.value;
  }
}

/** A sentence of the shell with its moments as they are read here. */
export function told(sentence: string, now = new Date()): string {
  return sentence.replace(/\b(?:at )?(\d{4}-\d{2}-\d{2}T[\d:.]+Z)/g, (_, moment: string) => clock(moment, now));
}
