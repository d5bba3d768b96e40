import { expect, test } from "vitest";
import { plain } from "./amounts";

test("zeros that say nothing are left out, others stay", () => {
  expect(["8.0000", "1.3800", "30", "0.5", "100.00"].map(plain)).toEqual(["8", "1.38", "30", "0.5", "100"]);
});
