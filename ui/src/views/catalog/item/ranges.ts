// Where each year's prices lie on a common scale. Numbers here are places on the picture; amounts stay text.

type Year = { school_year: string; lowest: string; average: string; highest: string };
export type Range = { from: number; mean: number; to: number };

/** By school year, in per cent of the way from the lowest price of all years to the highest. */
export function ranges(years: readonly Year[]): Map<string, Range> {
  const low = Math.min(...years.map(({ lowest }) => Number(lowest)));
  const high = Math.max(...years.map(({ highest }) => Number(highest)));
  const place = (amount: string): number => (high === low ? 50 : ((Number(amount) - low) / (high - low)) * 100);
  return new Map(
    years.map((year) => [
      year.school_year,
      { from: place(year.lowest), mean: place(year.average), to: place(year.highest) },
    ]),
  );
}
