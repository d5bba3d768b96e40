import { describe, expect, it } from "vitest";
import { floatTop } from "./float";

describe("a list that floats by its field", () => {
  it("stands under it where there is room", () => {
    expect(floatTop({ top: 100, bottom: 128 }, 200, 800)).toBe(132);
  });

  it("stands above it at the foot of the window", () => {
    expect(floatTop({ top: 700, bottom: 728 }, 200, 800)).toBe(496);
  });

  it("stays in the window where neither has room", () => {
    expect(floatTop({ top: 100, bottom: 128 }, 780, 800)).toBe(20);
    expect(floatTop({ top: 100, bottom: 128 }, 900, 800)).toBe(0);
  });
});
