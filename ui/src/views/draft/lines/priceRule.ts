// What a person types as a price, and the rules it may mean. Rust reads the rule and finds the price; nothing is
// computed here.

import { price } from "../../../lib/format/money";

export type PriceChoice = {
  /** What `set_price` takes: a rule or a plain amount. Empty when there is more to type. */
  rule: string;
  label: string;
  detail?: string;
  /** What choosing it writes into the field, to be gone on with. */
  fill?: string;
};

type Base = "list" | "last_year";

const BASES: Record<Base, string> = { list: "List price", last_year: "Last year’s price" };
const PERCENT = /^([+\-−])?\s*(\d{1,3}(?:\.\d{0,4})?)\s*(%)?$/;
const AMOUNT = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{0,4}))?$/;

/** `+3%` from `3%`, `+3.0` or `+ 3 %`; null when it is no move. A number needs its sign or its `%` to be one. */
export function readMove(text: string): string | null {
  const match = PERCENT.exec(text.trim());
  if (!match || (!match[1] && !match[3])) return null;
  const [whole = "0", fraction = ""] = (match[2] ?? "").split(".");
  const cut = fraction.replace(/0+$/, "");
  const digits = `${whole.replace(/^0+(?=\d)/, "")}${cut ? `.${cut}` : ""}`;
  const sign = match[1] && match[1] !== "+" && digits !== "0" ? "-" : "+";
  return `${sign}${digits}%`;
}

/** A plain amount without its sign and separators; null when it is none. */
export function readAmount(text: string): string | null {
  const match = AMOUNT.exec(text.trim());
  if (!match) return null;
  const whole = (match[1] ?? "").replaceAll(",", "");
  return match[2] ? `${whole}.${match[2]}` : whole;
}

/** A rule as it is read. */
export function ruleInWords(rule: string): string {
  const [base = "", rest] = rule.split(" ", 2);
  if (base === "given" && rest) return `$${price(rest)} a case`;
  const name = base === "list" || base === "last_year" ? BASES[base] : null;
  if (name === null) return rule;
  return rest ? `${name} ${rest.replace("-", "−")}` : name;
}

/** Undefined: there are several lines, and so no one price of last year. */
type LastYear = string | null | undefined;

function ofBase(base: Base, move: string | null, lastYear: LastYear): PriceChoice {
  const known = lastYear ? `was ${price(lastYear)}` : "none known";
  const detail = base === "last_year" && lastYear !== undefined ? known : undefined;
  return move === null
    ? { rule: base, label: base === "last_year" ? "Hold last year’s price" : BASES.list, detail }
    : { rule: `${base} ${move}`, label: ruleInWords(`${base} ${move}`), detail };
}

/** What `text` may mean, the likeliest first; none when it means nothing. */
export function priceChoices(text: string, lastYear: LastYear): PriceChoice[] {
  const typed = text.trim().toLowerCase();
  const amount = readAmount(typed);
  if (amount !== null) return [{ rule: amount, label: `$${price(amount)} a case`, detail: "typed" }];
  const move = readMove(typed);
  if (move !== null) return [ofBase("list", move, lastYear), ofBase("last_year", move, lastYear)];
  const moved = /^(list|last year(?:[’']s)?|last_year|ly|hold)(?: price)?\s*([+\-−].*)?$/.exec(typed);
  if (moved) {
    const base: Base = moved[1] === "list" ? "list" : "last_year";
    if (!moved[2]) return [ofBase(base, null, lastYear), begun(base)];
    const by = readMove(moved[2]);
    return by ? [ofBase(base, by, lastYear)] : /^[+\-−]$/.test(moved[2]) ? [begun(base)] : [];
  }
  const all = [ofBase("list", null, null), ofBase("last_year", null, lastYear), begun("list"), begun("last_year")];
  return all.filter((choice) => choice.label.toLowerCase().includes(typed));
}

function begun(base: Base): PriceChoice {
  const name = base === "list" ? "list" : "last year";
  return { rule: "", label: `Move ${base === "list" ? "the list price" : "last year’s price"} by %…`, fill: `${name} +` };
}
