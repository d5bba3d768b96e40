import { expect, test } from "vitest";
import { ranges } from "./ranges";

test("all years share one scale", () => {
  const found = ranges([
    { school_year: "2026-2027", lowest: "30", average: "35", highest: "40" },
    { school_year: "2025-2026", lowest: "20", average: "25", highest: "30" },
  ]);
  expect(found.get("2026-2027")).toEqual({ from: 50, mean: 75, to: 100 });
  expect(found.get("2025-2026")).toEqual({ from: 0, mean: 25, to: 50 });
});

test("one price everywhere lies in the middle", () => {
  const found = ranges([{ school_year: "2026-2027", lowest: "30", average: "30", highest: "30" }]);
  expect(found.get("2026-2027")).toEqual({ from: 50, mean: 50, to: 50 });
});
