// What the keys on lines ask of the draft: moving, removing, copying, one price for many. Pure.

import type { DraftEdit, LineShown } from "../../../lib/gen/api";

/** One line one place up (`-1`) or down (`1`); none where there is no further place. */
export function moveLine(lines: readonly LineShown[], lineId: string, by: 1 | -1): DraftEdit[] {
  const from = lines.findIndex((line) => line.line_id === lineId);
  const to = from + by;
  if (from < 0 || to < 0 || to >= lines.length) return [];
  const after = lines[by > 0 ? to : to - 1]?.line_id ?? null;
  return [{ edit: "move_line", line_id: lineId, after }];
}

export function removeLines(lineIds: readonly string[]): DraftEdit[] {
  return lineIds.map((line_id) => ({ edit: "remove_line", line_id }));
}

export function restoreLines(lineIds: readonly string[]): DraftEdit[] {
  return lineIds.map((line_id) => ({ edit: "restore_line", line_id }));
}

export function duplicateLines(lineIds: readonly string[]): DraftEdit[] {
  return lineIds.map((line_id) => ({ edit: "duplicate_line", line_id }));
}

export function priceLines(lineIds: readonly string[], price: string): DraftEdit[] {
  return lineIds.map((line_id) => ({ edit: "set_price", line_id, price }));
}

/** Cases as typed; null when it is no number of cases. */
export function readCases(text: string): number | null {
  const digits = text.trim().replaceAll(",", "");
  return /^[1-9]\d{0,6}$/.test(digits) ? Number(digits) : null;
}

/** “10412” or “3 lines”, for saying what was done to them. */
export function nameLines(lines: readonly LineShown[], lineIds: readonly string[]): string {
  const one = lineIds.length === 1 ? lines.find((line) => line.line_id === lineIds[0]) : undefined;
  return one ? one.item_code : `${lineIds.length} lines`;
}

/** Lines that came or changed between two states of a draft. */
export function touchedLines(before: readonly LineShown[], after: readonly LineShown[]): ReadonlySet<string> {
  const was = new Map(before.map((line) => [line.line_id, told(line)]));
  return new Set(after.filter((line) => was.get(line.line_id) !== told(line)).map((line) => line.line_id));
}

function told(line: LineShown): string {
  return JSON.stringify([line.item_code, line.quantity, line.case_price, line.price_rule, line.note]);
}
