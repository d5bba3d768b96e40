import { describe, expect, it } from "vitest";
import { following, settle } from "./settle";

const none = new Map<string, string>();

describe("a list being worked through", () => {
  it("leaves every row where it is when others come", () => {
    expect(settle(["a", "b"], ["new", "a", "b"], none)).toEqual({ order: ["a", "b"], arrivals: ["new"] });
  });

  it("keeps the place of what is gone", () => {
    expect(settle(["a", "b", "c"], ["a", "c"], none).order).toEqual(["a", "b", "c"]);
  });

  it("puts what takes another's place where that stood", () => {
    const instead = new Map([["gate", "b"]]);
    expect(settle(["a", "b", "c"], ["a", "c", "gate"], instead)).toEqual({ order: ["a", "gate", "b", "c"], arrivals: [] });
  });

  it("takes in what came when nothing is left to be disturbed", () => {
    expect(settle(["done"], ["x", "y"], none)).toEqual({ order: ["done", "x", "y"], arrivals: [] });
    expect(settle([], ["x", "y"], none).order).toEqual(["x", "y"]);
  });
});

describe("after a decision", () => {
  const waits = (id: string): boolean => id !== "gone";

  it("the next that waits is looked at", () => {
    expect(following(["a", "b", "gone", "c"], "b", waits)).toBe("c");
  });

  it("else the nearest before", () => {
    expect(following(["a", "b", "gone"], "gone", waits)).toBe("b");
  });

  it("else nothing", () => {
    expect(following(["gone"], "gone", waits)).toBeNull();
  });
});
