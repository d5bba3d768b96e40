// What a list of quotes is narrowed to, and how an address says it.

import type { Lifecycle } from "../../../lib/gen/api";

export type Filters = { text: string; lifecycle: Lifecycle | null; year: string | null };

export const NO_FILTERS: Filters = { text: "", lifecycle: null, year: null };

const LIFECYCLES: readonly string[] = [
  "draft", "proposed", "approved", "sent", "accepted", "declined", "expired", "superseded", "cancelled",
];

/** The filters an address names (`?text=…&status=…&year=…`); null when it names none. */
export function chosen(search: Record<string, string>): Filters | null {
  const { text = "", status, year = null } = search;
  const lifecycle = status !== undefined && LIFECYCLES.includes(status) ? (status as Lifecycle) : null;
  return text === "" && lifecycle === null && year === null ? null : { text, lifecycle, year };
}
