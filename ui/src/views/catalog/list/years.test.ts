import { expect, test } from "vitest";
import { schoolYears } from "./years";

test("a school year begins on the first of July", () => {
  expect(schoolYears(new Date("2026-06-30T12:00:00"), 0, 0)).toEqual(["2025-2026"]);
  expect(schoolYears(new Date("2026-07-01T00:00:00"), 0, 0)).toEqual(["2026-2027"]);
});

test("the latest year comes first", () => {
  expect(schoolYears(new Date("2026-11-30T12:00:00"), 2, 1)).toEqual(["2027-2028", "2026-2027", "2025-2026", "2024-2025"]);
});
