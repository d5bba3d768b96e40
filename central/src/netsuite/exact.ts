/**
 * JSON whose numbers keep their digits. NetSuite wants and gives amounts as JSON numbers; here they are texts, and
 * never pass through a floating point number. Owns the two conversions and comparing decimals.
 */

declare global {
  interface JSON {
    /** A value that JSON.stringify writes as this text. */
    rawJSON(text: string): unknown;
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  }
}

/** A JSON number with exactly these digits, for JSON.stringify. */
export function exactNumber(decimal: string): unknown {
  return JSON.rawJSON(decimal);
}

/** JSON in which every number is given as the text it was written as. */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key, value, context) => (typeof value === "number" ? (context.source ?? String(value)) : value));
}

/** A decimal as a whole number of 10^-places; null when it is none, or has digits beyond. */
export function scaled(decimal: unknown, places: number): bigint | null {
  const parts = typeof decimal === "string" ? decimal.match(/^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/) : null;
  if (parts === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const shift = places - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  if (digits % divisor !== 0n) return null;
  const size = (digits * 10n ** BigInt(Math.max(0, shift))) / divisor;
  return sign === "-" ? -size : size;
}
