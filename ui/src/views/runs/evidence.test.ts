import { expect, test } from "vitest";
import { flat, operationsOf, writesOf } from "./evidence";

test("a row in the evidence stands column by column", () => {
  expect(flat({ row: { id: "q-1", cases: 3 }, rule: "row.id = quote.id" })).toEqual([
    { name: "row.id", value: "q-1" },
    { name: "row.cases", value: "3" },
    { name: "rule", value: "row.id = quote.id" },
  ]);
});

test("what does not read as rows or operations is left out, never guessed", () => {
  expect(writesOf({ writes: [{ label: "INSERT quotes", table: "quotes", rows: 1 }, { label: 3 }, "x"] })).toEqual([{ label: "INSERT quotes", table: "quotes", rows: 1 }]);
  expect(writesOf(null)).toEqual([]);
  expect(operationsOf({ op: "a", ops: ["b", 4] })).toEqual(["a", "b"]);
});
