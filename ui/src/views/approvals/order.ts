// In which order actions wait, and which of them a filter leaves. Pure.

import type { ActionListed } from "../../lib/gen/api";
import { compareAmounts } from "./amount";
import { hidesMargin, kindOf } from "./words";

export type SortBy = "age" | "value" | "risk";

export const SORTS: readonly { id: SortBy; label: string }[] = [
  { id: "age", label: "Oldest first" },
  { id: "value", label: "Largest first" },
  { id: "risk", label: "Riskiest first" },
];

export function nextSort(sort: SortBy): SortBy {
  const at = SORTS.findIndex((one) => one.id === sort);
  return SORTS[(at + 1) % SORTS.length]?.id ?? "age";
}

/** A line's margin that nobody knows is the riskiest, then the lowest; what has no lines earns nothing to worry about. */
function compareMargins(a: ActionListed, b: ActionListed): number {
  const rank = (row: ActionListed): number => (hidesMargin(row) ? 0 : row.worst_margin !== null ? 1 : 2);
  const number = (row: ActionListed): string | null => row.worst_margin?.replace(/\s*%$/, "") ?? null;
  return rank(a) - rank(b) || compareAmounts(number(a), number(b));
}

function compareRisk(a: ActionListed, b: ActionListed): number {
  return b.flag_count - a.flag_count || b.risk_level - a.risk_level || compareMargins(a, b);
}

/** Ties stand by age, the oldest first, so an order is the same every time. */
export function sorted(rows: readonly ActionListed[], sort: SortBy): ActionListed[] {
  const byAge = (a: ActionListed, b: ActionListed): number =>
    a.created_at.localeCompare(b.created_at) || a.action_id.localeCompare(b.action_id);
  const by: Record<SortBy, (a: ActionListed, b: ActionListed) => number> = {
    age: byAge,
    value: (a, b) => compareAmounts(b.total, a.total),
    risk: compareRisk,
  };
  return [...rows].sort((a, b) => by[sort](a, b) || byAge(a, b));
}

/** The last decided first; what was never decided stands by when it was drafted. */
export function latestFirst(rows: readonly ActionListed[]): ActionListed[] {
  const at = (row: ActionListed): string => row.decided_at ?? row.created_at;
  return [...rows].sort((a, b) => at(b).localeCompare(at(a)) || a.action_id.localeCompare(b.action_id));
}

/** Whether every word typed is somewhere in what the row says. */
export function fits(row: ActionListed, text: string): boolean {
  const said = [row.customer_name, row.summary, row.quote_id, row.drafted_by, row.decided_by, row.decision_note, kindOf(row.action_type).word, row.status]
    .join(" ")
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
