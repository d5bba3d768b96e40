// Where the edge between two panes may stand.

const LEAST = 20;
const MOST = 80;

/** Within bounds; `otherwise` when it is no number. */
export function clampShare(share: number, otherwise: number): number {
  return Number.isFinite(share) ? Math.min(MOST, Math.max(LEAST, share)) : otherwise;
}
