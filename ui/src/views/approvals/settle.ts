// How a list that is being worked through takes in news: nothing moves under the selection. Pure.
//
// The order is kept from when it was last sorted. What came since waits aside until it is asked for, except what
// takes the place of something here (the release of a quote just approved, an email just edited), which stands
// where that stood. What is gone keeps its place and says so.

export type Settled = {
  order: string[];
  /** What came and is not in the order yet. */
  arrivals: string[];
};

/** `fresh`: what waits now, sorted. `instead`: for something new, what it takes the place of. */
export function settle(order: readonly string[], fresh: readonly string[], instead: ReadonlyMap<string, string>): Settled {
  const known = new Set(order);
  const unknown = fresh.filter((id) => !known.has(id));
  const kept = order.flatMap((id) => [...unknown.filter((next) => instead.get(next) === id), id]);
  const placed = new Set(kept);
  const arrivals = unknown.filter((id) => !placed.has(id));
  // Nothing to be disturbed: take them in.
  if (!kept.some((id) => fresh.includes(id))) return { order: [...kept, ...arrivals], arrivals: [] };
  return { order: kept, arrivals };
}

/** The one to look at after `id`: the next that waits, else the nearest before. */
export function following(order: readonly string[], id: string, waits: (id: string) => boolean): string | null {
  const at = order.indexOf(id);
  const after = order.slice(at + 1).find(waits);
  return after ?? order.slice(0, Math.max(0, at)).findLast(waits) ?? null;
}
