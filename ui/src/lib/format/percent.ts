// Percentages as they are read: one decimal, text in, text out.

import { decimal } from "./money";

/** `22.4%` from `22.3750`, `22.4` or `22.4%`; what is none is shown as it came. */
export function percent(value: string): string {
  const body = value.trim().replace(/\s*%$/, "");
  const shown = decimal(body, 1);
  return shown === null ? value : `${shown}%`;
}

/** The same with a plus when it is more: `+1.2%`. */
export function change(value: string): string {
  const shown = percent(value);
  return /^[1-9]|^0\.[1-9]/.test(shown) ? `+${shown}` : shown;
}
