import { expect, it } from "vitest";
import type { DraftListed } from "../../../lib/gen/api";
import { fits } from "./filter";

const draft: DraftListed = {
  draft_id: "d", status: "open", customer_id: "c", customer_name: "Cedar Falls CSD", school_year: "2026-2027", line_count: 2, total: "0",
  conflict_count: 0, quote_id: null, revision_of: "q-2627-A-0012", is_discarded: false, drafted_by: "mike", updated_at: "2026-11-30T00:00:00Z",
};

it("a draft is found by any of its words, in any order and case", () => {
  expect(fits(draft, "falls CEDAR", "all")).toBe(true);
  expect(fits(draft, "mike 2026", "all")).toBe(true);
  expect(fits(draft, "0012", "all")).toBe(true);
  expect(fits(draft, "", "all")).toBe(true);
  expect(fits(draft, "cedar rapids", "all")).toBe(false);
});

it("only drafts that stand so are listed", () => {
  expect(fits(draft, "", "open")).toBe(true);
  expect(fits(draft, "", "closed")).toBe(false);
});

it("what was thrown away is listed by itself", () => {
  const away = { ...draft, is_discarded: true };
  expect(fits(away, "", "open") || fits(away, "", "all")).toBe(false);
  expect(fits(away, "", "discarded")).toBe(true);
  expect(fits(draft, "", "discarded")).toBe(false);
});
