import { describe, expect, it } from "vitest";
import type { QuoteLine } from "../../../lib/gen/api";
import { asTyped, editsOf, wrongPrice, wrongQuantity } from "./edits";

const line = { line_id: "l1", quantity: 120, case_price: "41.7500" } as QuoteLine;

describe("lines typed over", () => {
  it("left as they were change nothing", () => {
    expect(editsOf([line], asTyped([line]))).toEqual([]);
    expect(editsOf([line], new Map([["l1", { quantity: "120", price: "41.7500" }]]))).toEqual([]);
  });

  it("become one change for each thing changed, the price as it was typed", () => {
    expect(editsOf([line], new Map([["l1", { quantity: "1,200", price: "$42.1" }]]))).toEqual([
      { edit: "set_quantity", line_id: "l1", quantity: 1200 },
      { edit: "set_price", line_id: "l1", price: "42.1" },
    ]);
  });

  it("keep decimals that say something", () => {
    expect(asTyped([{ ...line, case_price: "41.7525" } as QuoteLine]).get("l1")?.price).toBe("41.7525");
    expect(asTyped([{ ...line, case_price: "41.0000" } as QuoteLine]).get("l1")?.price).toBe("41.00");
  });

  it("are refused when they are no cases or no price", () => {
    expect(wrongQuantity("0")).not.toBeNull();
    expect(wrongQuantity("1.5")).not.toBeNull();
    expect(wrongQuantity("12")).toBeNull();
    expect(wrongPrice(" ")).not.toBeNull();
  });
});
