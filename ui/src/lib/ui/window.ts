// The arithmetic of a long list: which rows are in sight, and where they stand. Pure.
//
// Browsers do not draw elements taller than about 33 million pixels, so a list that would be taller is scrolled
// in proportion: the scrollbar's full way is the list's full way.

/** The tallest a list is made, in pixels. */
export const TALLEST = 30_000_000;

/** Rows drawn beyond what is in sight, above and below. */
export const SPARE = 6;

export type Sight = {
  /** The height to scroll through. */
  height: number;
  /** The first row to draw, and how many. */
  first: number;
  count: number;
  /** Where the first drawn row's top stands. */
  top: number;
};

export type Shape = { total: number; row: number; view: number };

/** What to draw with the list scrolled to `scroll`. */
export function sight(shape: Shape, scroll: number): Sight {
  const { total, row, view } = shape;
  const full = total * row;
  const height = Math.min(full, TALLEST);
  const way = Math.max(0, height - view);
  const at = Math.min(Math.max(0, scroll), way);
  const exact = full > TALLEST && way > 0 ? (at / way) * (full - view) : at;
  const inSight = Math.floor(exact / row);
  const first = Math.max(0, inSight - SPARE);
  const last = Math.min(total, Math.ceil((exact + view) / row) + SPARE);
  // Rows stand where the eye expects them: as far from the top of the sight as they are in the whole list.
  return { height, first, count: Math.max(0, last - first), top: at - (exact - first * row) };
}

/** Where to scroll so that row `index` is wholly in sight; `scroll` when it already is. */
export function reveal(shape: Shape, scroll: number, index: number): number {
  const { total, row, view } = shape;
  const full = total * row;
  const height = Math.min(full, TALLEST);
  const way = Math.max(0, height - view);
  const ratio = full > TALLEST && way > 0 ? (full - view) / way : 1;
  const exact = Math.min(Math.max(0, scroll), way) * ratio;
  const top = index * row;
  if (top < exact) return Math.max(0, top / ratio);
  if (top + row > exact + view) return Math.min(way, (top + row - view) / ratio);
  return scroll;
}

/** The pages of `size` rows that hold rows `first` to `first + count`. */
export function pages(first: number, count: number, size: number): number[] {
  if (count <= 0) return [];
  const from = Math.floor(first / size);
  const to = Math.floor((first + count - 1) / size);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Where a key leads from row `at`; null when the key does not move. */
export function step(key: string, at: number, total: number, page: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, PageDown: at + page, PageUp: at - page, Home: 0,
    End: total - 1,
  };
  const next = moves[key];
  return next === undefined || total === 0 ? null : Math.min(Math.max(0, next), total - 1);
}
