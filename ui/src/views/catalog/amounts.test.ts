import { expect, test } from "vitest";
import { level, plain } from "./amounts";

test("zeros that say nothing are left out, others stay", () => {
  expect(["8.0000", "1.3800", "30", "0.5", "100.00"].map(plain)).toEqual(["8", "1.38", "30", "0.5", "100"]);
});

test("under each other they have two decimals, or as many as they need", () => {
  expect(["8.1", "7.68", "1.3801", "30"].map(level)).toEqual(["8.10", "7.68", "1.3801", "30.00"]);
});
