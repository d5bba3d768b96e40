// Amounts compared and laid beside each other exactly, as text. Pure; what a person reads is `lib/format/money`.

const AMOUNT = /^(-?)(\d+)(?:\.(\d+))?$/;
const PLACES = 6;

function scaled(amount: string): bigint | null {
  const match = AMOUNT.exec(amount.trim());
  if (!match) return null;
  const [, sign, whole = "0", fraction = ""] = match;
  const digits = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, "0"));
  return sign === "-" ? -digits : digits;
}

/** Less than, the same, more; what is unknown is less than everything. */
export function compareAmounts(a: string | null, b: string | null): -1 | 0 | 1 {
  const [left, right] = [a === null ? null : scaled(a), b === null ? null : scaled(b)];
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** How wide a part is drawn in a whole, in per cent, 0 to 100: for a bar, never for a figure. */
export function widthOf(part: string, whole: string): number {
  const [of, all] = [scaled(part), scaled(whole)];
  if (of === null || all === null || all <= 0n || of <= 0n) return 0;
  return Number(((of > all ? all : of) * 1000n) / all) / 10;
}
