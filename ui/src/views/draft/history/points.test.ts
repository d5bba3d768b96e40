import { describe, expect, it } from "vitest";
import { inOrder, inShort, isSame, NOW, pointLabel, pressed, START } from "./points";

const entries = [
  { number: 3, version: "ccc" },
  { number: 2, version: "bbb" },
  { number: 1, version: "aaa" },
];

describe("the two points", () => {
  it("are an entry and now, until it is pressed again", () => {
    expect(pressed(null, "bbb", false)).toEqual({ from: "bbb", to: NOW });
    expect(pressed({ from: "bbb", to: NOW }, "bbb", false)).toBeNull();
    expect(pressed({ from: "bbb", to: NOW }, "aaa", false)).toEqual({ from: "aaa", to: NOW });
  });

  it("are two entries when the second is added", () => {
    expect(pressed({ from: "aaa", to: NOW }, "ccc", true)).toEqual({ from: "aaa", to: "ccc" });
    expect(pressed(null, "ccc", true)).toEqual({ from: START, to: "ccc" });
  });

  it("stand with the older one first", () => {
    expect(inOrder({ from: "ccc", to: "aaa" }, entries)).toEqual({ from: "aaa", to: "ccc" });
    expect(inOrder({ from: NOW, to: START }, entries)).toEqual({ from: START, to: NOW });
    expect(inOrder({ from: "aaa", to: NOW }, entries)).toEqual({ from: "aaa", to: NOW });
  });
});

describe("an entry", () => {
  it("is told by the first of what was done", () => {
    expect(inShort(["10412: 120 cases → 160 cases"])).toBe("10412: 120 cases → 160 cases");
    expect(inShort(["for Cedar Falls", "with a PDF", "20817 added"])).toBe("for Cedar Falls and 2 more");
    expect(inShort([])).toBe("set what was so already");
    expect(pointLabel({ number: 4, by: null, words: ["with a PDF"] })).toBe("4 · somebody: with a PDF");
  });
});

describe("a comparison", () => {
  it("says when nothing is different", () => {
    expect(isSame({ header: [], lines: [] })).toBe(true);
    expect(isSame({ header: [{ field: "include_pdf", before: "not wanted", after: "wanted" }], lines: [] })).toBe(false);
  });
});
