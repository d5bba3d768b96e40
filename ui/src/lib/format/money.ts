// Amounts as they are read. Text in, text out: an amount is never a float.

const AMOUNT = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const MINUS = "−";

/** To `places` decimals, rounded half away from zero, with thousands separators; null when it is no amount. */
export function decimal(amount: string, places: number): string | null {
  const match = AMOUNT.exec(amount.trim());
  if (!match) return null;
  const [, sign = "", whole = "0", fraction = ""] = match;
  const kept = BigInt(whole + fraction.slice(0, places).padEnd(places, "0"));
  const rounded = Number(fraction[places] ?? "0") >= 5 ? kept + 1n : kept;
  const digits = rounded.toString().padStart(places + 1, "0");
  const cut = digits.length - places;
  const grouped = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ",");
  const minus = sign === "-" && rounded !== 0n ? MINUS : "";
  return `${minus}${grouped}${places > 0 ? `.${digits.slice(cut)}` : ""}`;
}

/** A price or a cost: four decimals. What is no amount is shown as it came. */
export function price(amount: string): string {
  return decimal(amount, 4) ?? amount;
}

/** A total: cents. */
export function total(amount: string): string {
  return decimal(amount, 2) ?? amount;
}

/** Below, at or above zero. */
export function signOf(amount: string): -1 | 0 | 1 {
  if (!/[1-9]/.test(amount)) return 0;
  return amount.trim().startsWith("-") ? -1 : 1;
}

/** A difference of cents with its sign: `+1,200.00`, `−3.10`, `0.00`. */
export function moved(amount: string): string {
  return signOf(amount) > 0 ? `+${total(amount)}` : total(amount);
}
