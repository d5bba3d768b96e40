import { expect, it } from "vitest";
import { isStale } from "./staleness";

it("data is old after 24 hours, and when nobody knows its age", () => {
  const now = new Date("2026-11-30T12:00:00Z");
  expect(isStale("2026-11-29T12:00:00Z", now)).toBe(false);
  expect(isStale("2026-11-29T11:59:59Z", now)).toBe(true);
  expect(isStale(null, now)).toBe(true);
});
