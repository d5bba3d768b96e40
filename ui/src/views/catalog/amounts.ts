// Weights as they are read. Text in, text out.

/** With two decimals at least, so that they stand under each other: `8.10`, `7.68`, `1.3801`. */
export function level(amount: string): string {
  const [whole = "", fraction = ""] = amount.split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}

/** Without the zeros that say nothing: `8` for `8.0000`, `1.38` for `1.3800`. */
export function plain(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount;
}
