import { describe, expect, it } from "vitest";
import { bars, moved, STEPS, sums } from "./activity";

const START = Date.UTC(2026, 10, 30, 8);

describe("throughput", () => {
  it("adds up within ten seconds and begins a new step after them", () => {
    let points = moved([], 2, 0, START);
    points = moved(points, 1, 5, START + 4_000);
    points = moved(points, 7, 0, START + 10_000);
    expect(points.map(({ sent, received }) => [sent, received])).toEqual([[3, 5], [7, 0]]);
    expect(sums(points)).toEqual({ sent: 10, received: 5 });
  });

  it("keeps ten minutes, the newest at the right", () => {
    let points = moved([], 1, 0, START);
    for (let step = 1; step < STEPS + 5; step += 1) points = moved(points, step, 0, START + step * 10_000);
    expect(points).toHaveLength(STEPS);
    expect(bars(points).at(-1)).toEqual({ x: STEPS - 1, sent: 100, received: 0 });
    expect(bars(points.slice(-2))[0]?.x).toBe(STEPS - 2);
  });

  it("shows the least movement, and none as none", () => {
    const [first, second] = bars([{ at: 0, sent: 1, received: 0 }, { at: 1, sent: 1000, received: 0 }]);
    expect(first?.sent).toBeGreaterThan(0);
    expect(second?.received).toBe(0);
  });
});
