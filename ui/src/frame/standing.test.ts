import { expect, test } from "vitest";
import type { Overview } from "../lib/gen/api";
import { standing } from "./standing";

const now = new Date("2026-11-30T16:42:00Z");
const overview = (over: Partial<Overview>): Overview => ({
  approvals_pending: 0, approvals_flagged: 0, drafts_open: 0, conflicts: 0, parked: 0, waiting: 0, alerts: 0,
  runs_active: 0, sync: { state: "current", message: "" }, connected: true, sentence: "", latest_run: null,
  verified_current_as_of: "2026-11-30T16:42:00Z", data_as_of: "2026-11-30T13:40:00Z", ...over,
});
const line = (over: Partial<Overview>): string => {
  const { word, needs, parts } = standing(overview(over), now);
  return [word, needs, ...parts].filter(Boolean).join(" · ");
};

test("offline says what waits and how old the prices are", () => {
  expect(line({ sync: { state: "offline", message: "" }, waiting: 7 })).toBe("offline · 7 waiting · prices as of today 07:40");
});

test("verified current is said only while it is current", () => {
  expect(line({})).toBe("up to date · verified current as of today 10:42");
  expect(line({ sync: { state: "stopped", message: "" } })).not.toContain("verified");
});

test("with work of its own still to go it is not up to date", () => {
  expect(line({ waiting: 2 })).toMatch(/^connected · 2 waiting/);
});

test("what is parked asks for someone, before anything else is said", () => {
  expect(line({ parked: 1 })).toMatch(/^connected · 1 needs you/);
  expect(line({ parked: 1, conflicts: 1 })).toContain("2 need you");
});

test("with no central, nothing is claimed about one", () => {
  expect(line({ connected: false, waiting: 3 })).toBe("on this device only · 3 waiting · prices as of today 07:40");
});

test("a state it has no words for is told by its own", () => {
  expect(line({ sync: { state: "half_open", message: "" } })).toMatch(/^half open/);
});
