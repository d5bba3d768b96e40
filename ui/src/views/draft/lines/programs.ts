// Programs as they are named in a narrow column, and in full.

import type { Program } from "../../../lib/gen/api";

const NAMES: Record<Program, { short: string; full: string }> = {
  commercial: { short: "Commercial", full: "Commercial" },
  noi: { short: "NOI", full: "Net off invoice: the distributor takes the donated food value off" },
  ffs: { short: "FFS", full: "Fee for service: the school pays the fee that covers what is not donated" },
  rebate: { short: "Rebate", full: "Rebate: the school pays in full and is refunded" },
  direct_discount: { short: "Direct", full: "Direct discount: the processor takes the donated food value off" },
};

export function programName(program: Program): { short: string; full: string } {
  return NAMES[program];
}
