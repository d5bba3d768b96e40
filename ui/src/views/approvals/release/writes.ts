// A planned statement as a table: which column each value goes into. Pure; reads the statement, never runs one.

import type { JsonValue, PlannedWrite } from "../../../lib/gen/api";

/** A column, and the value it gets in every row: the n-th bound one, or one written in the statement. */
export type WriteColumn = { name: string; bound: number } | { name: string; written: string };

const INSERT = /^\s*INSERT\s+(?:OR\s+\w+\s+)?INTO\s+\w+\s*\(([^)]*)\)\s*VALUES\s*\(([^()]*)\)/i;

const names = (list: string): string[] => list.split(",").map((name) => name.trim());

/** The last part of a path such as `quote.customer.id`. */
function tail(path: string): string {
  return path.split(".").slice(path.startsWith("line.") || path.startsWith("input.") ? 1 : 0).join(" ").replaceAll("_", " ");
}

function writtenAs(text: string): string {
  if (text === "now") return "the moment of release";
  if (/^null$/i.test(text)) return "empty";
  return text.replace(/^'(.*)'$/s, "$1");
}

export function columnsOf(write: PlannedWrite): WriteColumn[] {
  const match = INSERT.exec(write.sql);
  const columns = names(match?.[1] ?? "");
  const values = names(match?.[2] ?? "");
  const bound = values.filter((value) => value === "?").length;
  if (match && columns.length === values.length && bound === write.binds.length) {
    let next = 0;
    return columns.map((name, index) => {
      const value = values[index] ?? "";
      return value === "?" ? { name, bound: next++ } : { name, written: writtenAs(value) };
    });
  }
  // No list of columns to read: what is bound is named by where it comes from.
  return write.binds.map((path, index) => ({ name: tail(path), bound: index }));
}

/** A value as it is read; a long structured text is known by its size. */
export function cellOf(column: WriteColumn, row: readonly JsonValue[]): { text: string; json: string | null; empty: boolean } {
  if ("written" in column) return { text: column.written, json: null, empty: column.written === "empty" };
  const value = row[column.bound] ?? null;
  if (value === null) return { text: "empty", json: null, empty: true };
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/^[{[]/.test(text) && text.length > 80) {
    return { text: `${text.length.toLocaleString("en-US")} characters`, json: formatted(text), empty: false };
  }
  return { text, json: null, empty: false };
}

/** JSON with its structure visible; what is none as it came. */
export function formatted(value: JsonValue): string {
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
