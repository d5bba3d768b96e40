import { expect, test } from "vitest";
import { validity } from "./validity";

const now = new Date("2026-11-30T15:00:00-06:00");

test("an open quote says when its last day is near, or over", () => {
  expect(validity("2026-12-15", "sent", now)).toBeNull();
  expect(validity("2026-12-14", "sent", now)?.word).toBe("14 days left");
  expect(validity("2026-12-01", "approved", now)?.word).toBe("1 day left");
  expect(validity("2026-11-30", "sent", now)?.word).toBe("last day");
  expect(validity("2026-11-29", "sent", now)).toEqual({ word: "expired", tone: "danger" });
});

test("a quote that is settled says nothing of its last day: its status does", () => {
  for (const settled of ["accepted", "declined", "expired", "superseded", "cancelled"] as const) {
    expect(validity("2026-11-01", settled, now)).toBeNull();
  }
});

test("the last day counts whole, whatever the hour", () => {
  expect(validity("2026-11-30", "sent", new Date("2026-11-30T23:59:00-06:00"))?.word).toBe("last day");
  expect(validity("2026-11-30", "sent", new Date("2026-12-01T00:01:00-06:00"))?.word).toBe("expired");
});
