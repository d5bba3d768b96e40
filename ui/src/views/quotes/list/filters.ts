// What a list of quotes is narrowed to, and how an address says it.

import type { Lifecycle } from "../../../lib/gen/api";

export type Filters = { text: string; lifecycle: Lifecycle | null; year: string | null };

export const NO_FILTERS: Filters = { text: "", lifecycle: null, year: null };

/** Where quotes stand, in the order of their life. */
const LIFECYCLES: readonly Lifecycle[] = [
  "draft", "proposed", "approved", "sent", "accepted", "declined", "expired", "superseded", "cancelled",
];

function isLifecycle(word: string): word is Lifecycle {
  return (LIFECYCLES as readonly string[]).includes(word);
}

/** What quotes stand at, in the order of their life. */
export function inOrder<T extends { lifecycle: Lifecycle }>(counts: readonly T[]): T[] {
  return [...counts].sort((one, other) => LIFECYCLES.indexOf(one.lifecycle) - LIFECYCLES.indexOf(other.lifecycle));
}

/** The filters an address names (`?text=…&status=…&year=…`); null when it names none. */
export function chosen(search: Record<string, string>): Filters | null {
  const { text = "", status, year = null } = search;
  const lifecycle = status !== undefined && isLifecycle(status) ? status : null;
  return text === "" && lifecycle === null && year === null ? null : { text, lifecycle, year };
}
