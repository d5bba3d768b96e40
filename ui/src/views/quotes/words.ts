// The words of quotes that are not states: programs, reasons, the names of fields.

import type { Program } from "../../lib/gen/api";

const PROGRAMS: Record<Program, string> = {
  commercial: "commercial",
  noi: "NOI",
  ffs: "FFS",
  rebate: "rebate",
  direct_discount: "direct discount",
};

export function programWord(program: string): string {
  return PROGRAMS[program as Program] ?? program.replaceAll("_", " ");
}

/** Why a customer said no, in the order they are offered. */
export const REASONS = [
  { value: "price", label: "The price" },
  { value: "competitor", label: "Somebody else got it" },
  { value: "program_change", label: "Their program changed" },
  { value: "not_needed", label: "Not needed any more" },
  { value: "other", label: "Something else" },
] as const;

export function reasonWord(reason: string): string {
  return REASONS.find(({ value }) => value === reason)?.label ?? reason.replaceAll("_", " ");
}

const FIELDS: Record<string, string> = {
  issued_on: "issued",
  price_from: "prices from",
  price_to: "prices to",
  case_price: "case price",
  net_price: "net price",
  quantity: "cases",
};

/** What a person calls a field of a quote. */
export function fieldWord(field: string): string {
  return FIELDS[field] ?? field.replaceAll("_", " ");
}
