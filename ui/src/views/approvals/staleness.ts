// When the data behind a quote is too old to decide on without a second look. Pure.

const HOURS = 24;

/** Older than a day, or of unknown age. */
export function isStale(asOf: string | null, now: Date): boolean {
  if (asOf === null) return true;
  const at = new Date(asOf).getTime();
  return Number.isNaN(at) || now.getTime() - at > HOURS * 3_600_000;
}
