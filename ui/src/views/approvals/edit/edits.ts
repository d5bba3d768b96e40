// What a person typed over a quote's lines, as changes to its draft. Pure.

import type { DraftEdit, QuoteLine } from "../../../lib/gen/api";

export type Typed = { quantity: string; price: string };

/** The lines as they stand, to be typed over. Prices lose only zeros that say nothing. */
export function asTyped(lines: readonly QuoteLine[]): Map<string, Typed> {
  return new Map(
    lines.map((line) => [line.line_id, { quantity: String(line.quantity), price: line.case_price.replace(/(\.\d\d)(\d*?)0+$/, "$1$2") }]),
  );
}

/** What is wrong with what was typed; null when nothing is. The rest is for the draft to judge. */
export function wrongQuantity(typed: string): string | null {
  return /^[1-9]\d{0,6}$/.test(typed.trim().replaceAll(",", "")) ? null : "Whole cases, one or more";
}

export function wrongPrice(typed: string): string | null {
  return typed.trim() === "" ? "A price a case" : null;
}

/** Only what was changed, line by line. */
export function editsOf(lines: readonly QuoteLine[], typed: ReadonlyMap<string, Typed>): DraftEdit[] {
  const before = asTyped(lines);
  return lines.flatMap((line) => {
    const [was, now] = [before.get(line.line_id), typed.get(line.line_id)];
    if (!was || !now) return [];
    const edits: DraftEdit[] = [];
    const quantity = now.quantity.trim().replaceAll(",", "");
    const price = now.price.trim().replace(/^\$\s*/, "");
    if (quantity !== was.quantity) edits.push({ edit: "set_quantity", line_id: line.line_id, quantity: Number.parseInt(quantity, 10) });
    if (price !== was.price && price !== line.case_price) edits.push({ edit: "set_price", line_id: line.line_id, price });
    return edits;
  });
}
