// Throughput in steps of ten seconds, as bars. Pure.

import type { ActivityBucket } from "../../lib/gen/api";

/** What moved in ten seconds that began at `at`, in milliseconds. */
export type Step = { at: number; sent: number; received: number };

export const STEPS = 60;
const STEP_MS = 10_000;

/** The shell's buckets, the oldest first, by this machine's clock. */
export function stepsOf(buckets: readonly ActivityBucket[], now: number): Step[] {
  return buckets.map(({ seconds_ago, sent, received }) => ({ at: now - seconds_ago * 1000, sent, received }));
}

/** Adds what just moved to the last step, or begins one when the last is over. */
export function moved(points: readonly Step[], sent: number, received: number, now: number): Step[] {
  const last = points.at(-1);
  if (last && now - last.at < STEP_MS) {
    return [...points.slice(0, -1), { ...last, sent: last.sent + sent, received: last.received + received }];
  }
  return [...points, { at: now, sent, received }].slice(-STEPS);
}

export type Bar = { x: number; sent: number; received: number };

/** Heights in per cent of the busiest step; the newest stands at the right. */
export function bars(points: readonly Step[]): Bar[] {
  const busiest = Math.max(1, ...points.map((point) => Math.max(point.sent, point.received)));
  const share = (count: number): number => (count === 0 ? 0 : Math.max(6, (count / busiest) * 100));
  const shown = points.slice(-STEPS);
  return shown.map((point, index) => ({ x: STEPS - shown.length + index, sent: share(point.sent), received: share(point.received) }));
}

export function sums(points: readonly Step[]): { sent: number; received: number } {
  return points.reduce((sum, point) => ({ sent: sum.sent + point.sent, received: sum.received + point.received }), { sent: 0, received: 0 });
}
