import { describe, expect, it } from "vitest";
import type { ActionListed } from "../../lib/gen/api";
import { fits, latestFirst, nextSort, sorted } from "./order";

function row(id: string, more: Partial<ActionListed> = {}): ActionListed {
  return {
    action_id: id, action_type: "quote_draft", status: "pending", summary: `Quote ${id}`, risk_level: 1, customer_id: null,
    quote_id: null, draft_id: null, run_id: null, drafted_by: "Dana", created_at: "2026-11-30T08:00:00Z",
    expires_at: "2026-12-14T08:00:00Z", decided_by: null, decided_at: null, decision_note: null, self_decided: false,
    flag_count: 0, customer_name: "Cedar Falls CSD", total: "100.00", worst_margin: "20.0%", worst_margin_known: true,
    flags: [], payload_hash: id, ...more,
  };
}

const ids = (rows: ActionListed[]): string => rows.map((one) => one.action_id).join("");

describe("the order of a queue", () => {
  it("by age has the oldest first", () => {
    expect(ids(sorted([row("b", { created_at: "2026-11-30T09:00:00Z" }), row("a")], "age"))).toBe("ab");
  });

  it("by value compares amounts, not letters, and ends with what has none", () => {
    const rows = [row("a", { total: "9.00" }), row("b", { total: null }), row("c", { total: "1000.00" })];
    expect(ids(sorted(rows, "value"))).toBe("cab");
  });

  it("by risk puts flags first, then an unknown margin, then the lowest", () => {
    const rows = [
      row("a"),
      row("b", { worst_margin: "9.1%" }),
      row("c", { worst_margin: null, worst_margin_known: false, flag_count: 1, flags: ["missing_cost"] }),
      row("d", { flag_count: 1, worst_margin: "3.0%" }),
      row("e", { flag_count: 2 }),
    ];
    expect(ids(sorted(rows, "risk"))).toBe("ecdba");
  });

  it("by risk does not take an email, which has no lines, for a margin nobody knows", () => {
    const rows = [row("a", { worst_margin: null, worst_margin_known: false }), row("b", { worst_margin: "9.1%" })];
    expect(ids(sorted(rows, "risk"))).toBe("ba");
  });

  it("is the same every time: ties stand by age", () => {
    const rows = [row("b"), row("c", { created_at: "2026-11-29T08:00:00Z" }), row("a")];
    expect(ids(sorted(rows, "value"))).toBe("cab");
  });

  it("goes round", () => {
    expect([nextSort("age"), nextSort("value"), nextSort("risk")]).toEqual(["value", "risk", "age"]);
  });
});

describe("what is decided", () => {
  it("has the latest first", () => {
    const rows = [row("a", { decided_at: "2026-11-30T10:00:00Z" }), row("b", { decided_at: "2026-11-30T11:00:00Z" }), row("c")];
    expect(ids(latestFirst(rows))).toBe("bac");
  });
});

describe("a filter", () => {
  it("wants every word, in any field, in any case", () => {
    expect(fits(row("a"), "cedar DANA")).toBe(true);
    expect(fits(row("a"), "cedar mike")).toBe(false);
  });

  it("knows kinds by their words", () => {
    expect(fits(row("a", { action_type: "workflow_customer_quote" }), "release")).toBe(true);
  });
});
