// Which runs a list shows. Pure.

import type { RunListed } from "../../lib/gen/api";
import { worded } from "../../lib/format/words";

export type Part = "all" | "going" | "trouble" | "ended";

const GOING = new Set(["running", "awaiting_approval", "retrying", "compensating"]);
const TROUBLE = new Set(["blocked", "failed", "overruled", "compensating", "retrying"]);

export function partOf(status: string, part: Part): boolean {
  if (part === "going") return GOING.has(status);
  if (part === "trouble") return TROUBLE.has(status);
  return part === "all" || !GOING.has(status);
}

/** A run that a crash or a retry may have left, which resuming carries on. */
export function resumable(status: string): boolean {
  return status === "running" || status === "retrying" || status === "compensating";
}

/** Every word must stand somewhere in what the row shows. */
export function matches(run: RunListed, text: string): boolean {
  const shown = [run.run_id, run.quote_id, run.customer_name, run.customer_id, worded(run.contract), run.started_by, run.status.replaceAll("_", " ")]
    .filter((part) => part !== null)
    .join(" ")
    .toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => shown.includes(word));
}

export function counted(runs: readonly RunListed[]): Record<Part, number> {
  const count = (part: Part): number => runs.filter((run) => partOf(run.status, part)).length;
  return { all: runs.length, going: count("going"), trouble: count("trouble"), ended: count("ended") };
}
