// Reading what a step made out of its evidence. Pure; what does not fit is left out, never guessed.

import type { JsonValue } from "../../lib/gen/api";

export type Written = { label: string; table: string; rows: number };

const object = (value: JsonValue | undefined): { [key in string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

/** The rows a step wrote, statement by statement. */
export function writesOf(evidence: JsonValue): Written[] {
  const writes = object(evidence).writes;
  if (!Array.isArray(writes)) return [];
  return writes.map(object).flatMap(({ label, table, rows }) =>
    typeof label === "string" && typeof table === "string" && typeof rows === "number" ? [{ label, table, rows }] : [],
  );
}

/** The operations by which the central learns of it. */
export function operationsOf(evidence: JsonValue): string[] {
  const { op, ops } = object(evidence);
  const all = [op, ...(Array.isArray(ops) ? ops : [])];
  return all.filter((one) => typeof one === "string");
}

/** Names and values for a list of facts; what a row holds stands by its columns' names. */
export function flat(value: JsonValue): { name: string; value: string }[] {
  return Object.entries(object(value)).flatMap(([name, inner]) => {
    const within = Object.entries(object(inner));
    if (within.length > 0) return within.map(([column, cell]) => ({ name: `${name}.${column}`, value: text(cell) }));
    return [{ name, value: text(inner) }];
  });
}

function text(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
