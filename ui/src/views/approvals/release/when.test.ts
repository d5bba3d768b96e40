import { expect, it } from "vitest";
import type { ActionShown } from "../../../lib/gen/api";
import { whenOf } from "./when";

const gate = { kind: "gate" } as ActionShown["shows"];

it("what was rejected, voided or expired is said not to have happened", () => {
  for (const status of ["rejected", "voided", "expired"] as const) expect(whenOf({ status, shows: gate })).toContain("None of it happened");
});

it("only what waits is told in the future", () => {
  expect(whenOf({ status: "pending", shows: gate })).toContain("On approval");
  expect(whenOf({ status: "approved", shows: gate })).toContain("was released");
});
