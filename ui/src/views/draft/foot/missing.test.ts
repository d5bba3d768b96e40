import { describe, expect, it } from "vitest";
import type { DraftShown, LineShown } from "../../../lib/gen/api";
import { missingPlace, whyNotYet } from "./missing";

const line = (more: Partial<LineShown>): LineShown => ({
  line_id: "l1", item_code: "10412", description: "Pizza", pack: null, quantity: 12, case_price: "41.7500",
  price_source: "current", price_rule: "list price", price: "list", last_year_price: null, margin: null, note: null, margin_pct: null,
  below_floor: null, vs_last_year: null, program: null, df_value: null, net_price: null, extended: null, flags: [], ...more,
});

const draft = (more: Partial<DraftShown>): DraftShown => ({
  draft_id: "d", status: "open", quote_id: null, revision_of: null,
  customer: { id: "c", name: "Cedar Falls CSD", city: null, state: null, is_here: true }, school_year: "2026-2027", lines: [line({})], removed: [],
  include_pdf: true, valid_until: null, notes: [], commercial_total: "501.0000", questions: [], conflicts: [], is_discarded: false,
  missing: null, ready: true, drafted_by: "mike", updated_at: "2026-11-30T00:00:00Z", can_undo: false, can_redo: false,
  undo_label: null, redo_label: null, action_id: null, preview: null, ...more,
});

const question = { slot: "item" as const, prompt: "Which waffles?", choices: [] };

describe("what keeps a draft from being submitted", () => {
  it("is nothing when it is whole", () => {
    expect(missingPlace(draft({}))).toBeNull();
    expect(whyNotYet(draft({}))).toBeNull();
  });

  it("is first of all what two people set differently", () => {
    const conflicted = draft({
      conflicts: [{ field: "price", line_id: "l1", values: [] }],
      missing: "two people differ",
      customer: null,
    });
    expect(missingPlace(conflicted)).toEqual({ at: "conflicts" });
    expect(whyNotYet(conflicted)).toBe("Two people set one thing differently; choose which holds.");
  });

  it("is then what is asked: its answer may settle the rest", () => {
    const asked = draft({ questions: [question], missing: "the draft does not say for which customer it is", customer: null });
    expect(missingPlace(asked)).toEqual({ at: "questions" });
    expect(whyNotYet(asked)).toBe("A question is open: Which waffles?");
  });

  it("leads to the head, then to the cell", () => {
    const missing = "something is missing";
    expect(missingPlace(draft({ missing, customer: null }))).toEqual({ at: "customer" });
    expect(missingPlace(draft({ missing, school_year: null }))).toEqual({ at: "school_year" });
    expect(missingPlace(draft({ missing, lines: [] }))).toEqual({ at: "add" });
    expect(missingPlace(draft({ missing, lines: [line({}), line({ line_id: "l2", quantity: null })] }))).toEqual({
      at: "line", line_id: "l2", column: "quantity",
    });
    expect(missingPlace(draft({ missing, lines: [line({ case_price: null })] }))).toEqual({
      at: "line", line_id: "l1", column: "price",
    });
  });

  it("leads to the second of two lines with one item at two prices", () => {
    const lines = [line({}), line({ line_id: "l2", case_price: "40.0000" })];
    expect(missingPlace(draft({ missing: "two prices", lines }))).toEqual({ at: "line", line_id: "l2", column: "price" });
  });

  it("is said as a sentence", () => {
    expect(whyNotYet(draft({ missing: "the draft has no lines" }))).toBe("The draft has no lines.");
  });
});
