// What was written in a cell, as a change of the draft. Nothing when nothing changed.

import type { DraftEdit, LineShown } from "../../../lib/gen/api";
import type { ColumnKey } from "./cells";
import { readCases } from "./lineEdits";

export function writeEdits(line: LineShown, column: ColumnKey, text: string): DraftEdit[] {
  const { line_id } = line;
  if (column === "quantity") {
    const quantity = readCases(text);
    return quantity === null || quantity === line.quantity ? [] : [{ edit: "set_quantity", line_id, quantity }];
  }
  if (column === "price") return text === "" ? [] : [{ edit: "set_price", line_id, price: text }];
  if (column === "note") {
    const note = text.trim() || null;
    return note === line.note ? [] : [{ edit: "set_note", line_id, note }];
  }
  return [];
}
