// How the values of a field are written when two quotes are compared. Pure.

import { price, total } from "../../../lib/format/money";
import { when } from "../../../lib/format/when";
import { programWord } from "../words";

const PRICES = ["case_price", "net_price"];
const TOTALS = ["total", "extended"];
const DAYS = ["issued_on", "valid_until", "price_from", "price_to"];

/** A value as it is read; null when there was none. */
export function written(field: string, value: string): string | null {
  if (value === "") return null;
  if (PRICES.includes(field)) return price(value);
  if (TOTALS.includes(field)) return total(value);
  if (DAYS.includes(field)) return when(value);
  return field === "program" ? programWord(value) : value;
}

export function isNumber(field: string): boolean {
  return PRICES.includes(field) || TOTALS.includes(field) || DAYS.includes(field) || ["quantity", "school_year"].includes(field);
}
