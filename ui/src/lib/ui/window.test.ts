import { describe, expect, test } from "vitest";
import { pages, reveal, sight, SPARE, step, TALLEST } from "./window";

const shape = { total: 1_000_000, row: 32, view: 640 };
const small = { total: 50_000, row: 32, view: 640 };

describe("what is drawn", () => {
  test("a screenful and a few to spare, however long the list", () => {
    for (const at of [0, 12_345, 29_999_000]) expect(sight(shape, at).count).toBeLessThanOrEqual(20 + 2 * SPARE + 1);
  });

  test("a row stands where a full list would have it", () => {
    const shown = sight(small, 3_210);
    expect(shown.height).toBe(50_000 * 32);
    expect(shown.top).toBe(shown.first * 32);
  });

  test("the end of the scroll is the end of the list, also when it is scrolled in proportion", () => {
    for (const list of [small, shape]) {
      const way = Math.min(list.total * list.row, TALLEST) - list.view;
      const shown = sight(list, way);
      expect(shown.first + shown.count).toBe(list.total);
      expect(shown.top + shown.count * list.row).toBeCloseTo(way + list.view, 3);
    }
  });

  test("it is never taller than browsers draw", () => {
    expect(sight({ ...shape, total: 50_000_000 }, 0).height).toBe(TALLEST);
  });

  test("scrolled past the end, or before the beginning, it stays inside", () => {
    expect(sight(small, -50).first).toBe(0);
    const shown = sight(small, 1e9);
    expect(shown.first + shown.count).toBe(small.total);
  });

  test("an empty list draws nothing", () => expect(sight({ ...small, total: 0 }, 0)).toMatchObject({ height: 0, count: 0 }));
});

describe("bringing a row into sight", () => {
  test("one that is in sight moves nothing", () => expect(reveal(small, 320, 12)).toBe(320));

  test.each([0, 4_999, 123_456, 777_777, 999_999])("row %i of a million is wholly in sight afterwards", (index) => {
    const scroll = reveal(shape, 15_000_000, index);
    const shown = sight(shape, scroll);
    const top = shown.top + (index - shown.first) * shape.row - scroll;
    expect(top).toBeGreaterThanOrEqual(-0.5);
    expect(top + shape.row).toBeLessThanOrEqual(shape.view + 0.5);
  });
});

describe("pages", () => {
  test("those that hold the rows, no more", () => {
    expect(pages(0, 30, 100)).toEqual([0]);
    expect(pages(95, 10, 100)).toEqual([0, 1]);
    expect(pages(200, 100, 100)).toEqual([2]);
    expect(pages(0, 0, 100)).toEqual([]);
  });
});

describe("keys", () => {
  test.each([
    ["j", 5, 6], ["ArrowDown", 99, 99], ["k", 0, 0], ["PageDown", 5, 25], ["PageUp", 5, 0], ["Home", 50, 0], ["End", 5, 99],
  ])("%s from %i leads to %i", (key, at, next) => expect(step(key, at, 100, 20)).toBe(next));

  test("other keys move nothing, and nothing moves in an empty list", () => {
    expect(step("x", 5, 100, 20)).toBeNull();
    expect(step("j", 0, 0, 20)).toBeNull();
  });
});
