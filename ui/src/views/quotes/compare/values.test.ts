import { expect, test } from "vitest";
import { written } from "./values";

test("prices keep four decimals, totals two", () => {
  expect(written("case_price", "41.75")).toBe("41.7500");
  expect(written("net_price", "1041.7512")).toBe("1,041.7512");
  expect(written("total", "12340.005")).toBe("12,340.01");
});

test("what is empty was not there", () => {
  expect(written("notes", "")).toBeNull();
});

test("a program is called what people call it", () => {
  expect(written("program", "ffs")).toBe("FFS");
});
