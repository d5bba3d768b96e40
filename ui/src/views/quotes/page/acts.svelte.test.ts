import { afterEach, beforeEach, expect, test } from "vitest";
import { noShell, shell } from "../../../lib/backend/shell.fixture";
import type { Lifecycle, QuoteShown } from "../../../lib/gen/api";
import { router } from "../../../lib/router.svelte";
import { notRevised, QuoteActs } from "./acts.svelte";

let called: unknown[] = [];
let refused = false;

beforeEach(() => {
  called = [];
  refused = false;
  router.replace("/quotes/q-1");
  shell((asked) => {
    called.push(asked);
    if (refused) throw { code: "wrong_state", message: "q-1 was accepted", hint: "Duplicate it instead." };
    return { draft_id: "d-1", school_year: "2027-2028" };
  });
});
afterEach(noShell);

const quote = (lifecycle_status: Lifecycle, superseded_by: string | null = null) =>
  ({ lifecycle_status, superseded_by }) as QuoteShown;

test("what is settled, or not yet approved, is not revised, and the reason is said", () => {
  for (const open of ["approved", "sent", "declined", "expired"] as const) expect(notRevised(quote(open))).toBeNull();
  for (const settled of ["draft", "proposed", "accepted", "cancelled", "superseded"] as const) expect(notRevised(quote(settled))).toMatch(/duplicate/);
  expect(notRevised(quote("superseded", "q-2"))).toMatch(/q-2/);
});

test("a revision is drafted, and one goes to the draft", async () => {
  await new QuoteActs(() => "q-1").revise();
  expect(called).toEqual([{ command: "quote_revise", args: { quote_id: "q-1" } }]);
  expect(router.route.path).toBe("/draft/d-1");
});

test("a duplicate is for the next school year, which the desk knows", async () => {
  await new QuoteActs(() => "q-1").duplicate();
  expect(called).toEqual([{ command: "quote_duplicate", args: { quote_id: "q-1", school_year: null } }]);
  expect(router.route.path).toBe("/draft/d-1");
});

test("a refusal stays on the page until the next act", async () => {
  const acts = new QuoteActs(() => "q-1");
  refused = true;
  await acts.revise();
  expect([acts.error?.code, router.route.path]).toEqual(["wrong_state", "/quotes/q-1"]);
  refused = false;
  await acts.duplicate();
  expect(acts.error).toBeUndefined();
});
