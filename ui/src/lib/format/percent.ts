// Percentages as they are read: one decimal, text in, text out. Always rounded down, as the rules do it: what lies
// below a floor must not read as if it stood on it.

import { decimal } from "./money";

/** `22.4%` from `22.3750`, `22.4` or `22.4%`; what is none is shown as it came. */
export function percent(value: string): string {
  const body = value.trim().replace(/\s*%$/, "");
  const parts = /^([+-]?\d+)(?:\.(\d)(\d*))?$/.exec(body);
  if (!parts) return value;
  const [, whole = "0", tenth = "0", rest = ""] = parts;
  const cut = `${whole}.${tenth}`;
  const down = whole.startsWith("-") && /[1-9]/.test(rest);
  return `${decimal(down ? `${cut}9` : cut, 1)}%`;
}

/** The same with a plus when it is more: `+1.2%`. */
export function change(value: string): string {
  const shown = percent(value);
  return /^[1-9]|^0\.[1-9]/.test(shown) ? `+${shown}` : shown;
}
