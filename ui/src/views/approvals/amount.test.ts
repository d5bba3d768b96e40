import { describe, expect, it } from "vitest";
import { compareAmounts, widthOf } from "./amount";

describe("amounts are compared exactly", () => {
  it("by value, not by letters", () => {
    expect(compareAmounts("9.0000", "10.0000")).toBe(-1);
    expect(compareAmounts("41.75", "41.7500")).toBe(0);
    expect(compareAmounts("-1.00", "0.00")).toBe(-1);
  });

  it("beyond what a float holds", () => {
    expect(compareAmounts("999999999999.9999", "999999999999.9998")).toBe(1);
  });

  it("with the unknown below everything", () => {
    expect(compareAmounts(null, "-5.00")).toBe(-1);
    expect(compareAmounts(null, null)).toBe(0);
  });
});

describe("a bar", () => {
  it("never leaves its ground", () => {
    expect(widthOf("150.00", "100.00")).toBe(100);
    expect(widthOf("-5.00", "100.00")).toBe(0);
    expect(widthOf("5.00", "0.00")).toBe(0);
  });

  it("shows a third as a third", () => {
    expect(widthOf("1.00", "3.00")).toBe(33.3);
  });
});
