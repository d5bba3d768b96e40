// Weights as they are read. Text in, text out.

/** Without the zeros that say nothing: `8` for `8.0000`, `1.38` for `1.3800`. */
export function plain(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount;
}
