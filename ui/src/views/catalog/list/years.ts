// The school years a list of prices is likely to be narrowed to. Pure.

const JULY = 6;

/** The school year a day is in, `back` years before and `ahead` after it, the latest first. */
export function schoolYears(now: Date, back: number, ahead: number): string[] {
  const current = now.getMonth() >= JULY ? now.getFullYear() : now.getFullYear() - 1;
  return Array.from({ length: back + ahead + 1 }, (_, index) => {
    const first = current + ahead - index;
    return `${first}-${first + 1}`;
  });
}
