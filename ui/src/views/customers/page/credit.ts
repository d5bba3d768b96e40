// What a customer owes and may yet order, against its limit. Exact: amounts are whole ten-thousandths.

import type { Exposure } from "../../../lib/gen/api";

export type Credit = {
  standing: "unlimited" | "within" | "near" | "over";
  /** Of the bar's full width, in thousandths. */
  owed: number;
  quoted: number;
  /** Where the limit stands on the bar, in thousandths; at its end unless it is passed. */
  limit: number;
};

const NEAR_PERCENT = 90n;
const WHOLE = 1_000;

export function credit(exposure: Exposure): Credit {
  const owed = amount(exposure.ar_balance);
  const quoted = amount(exposure.open_quotes);
  const sum = owed + quoted;
  const limit = exposure.credit_limit === null ? null : amount(exposure.credit_limit);
  const full = limit !== null && limit > sum ? limit : sum;
  const share = (part: bigint): number => (full > 0n && part > 0n ? Number((part * BigInt(WHOLE)) / full) : 0);
  const standing =
    limit === null ? "unlimited"
    : exposure.over_limit ? "over"
    : sum * 100n >= limit * NEAR_PERCENT ? "near"
    : "within";
  return { standing, owed: share(owed), quoted: share(quoted), limit: limit === null ? WHOLE : share(limit) };
}

function amount(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{0,4}))?/.exec(text.trim());
  if (!match) return 0n;
  const size = BigInt((match[2] ?? "0") + (match[3] ?? "").padEnd(4, "0"));
  return match[1] === "-" ? -size : size;
}
