import { expect, test } from "vitest";
import type { Lifecycle } from "../../../lib/gen/api";
import { stages } from "./stages";

const life = (lifecycle_status: Lifecycle, email_sent_at: string | null = null) => ({
  lifecycle_status,
  prepared_by: "dana",
  generated_at: "2026-11-30T10:00:00Z",
  email_sent_at,
  outcome: null,
});
const standings = (quote: ReturnType<typeof life>) => stages(quote).map(({ standing }) => standing).join(" ");

test("a quote stands at the last stage it reached", () => {
  expect(standings(life("draft"))).toBe("current ahead ahead ahead");
  expect(standings(life("proposed"))).toBe("done current ahead ahead");
  expect(standings(life("approved"))).toBe("done current ahead ahead");
  expect(standings(life("sent", "2026-11-30T11:00:00Z"))).toBe("done done current ahead");
  expect(standings(life("declined", "2026-11-30T11:00:00Z"))).toBe("done done done current");
});

test("a quote that ended with no email on record says so", () => {
  const [, , sent, end] = stages(life("superseded"));
  expect(sent).toMatchObject({ word: "no email on record", standing: "skipped" });
  expect(end).toMatchObject({ word: "replaced", standing: "current" });
});

test("what waits for a decision is not called approved", () => {
  expect(stages(life("proposed"))[1]).toMatchObject({ word: "awaiting approval", at: null });
});
