import { describe, expect, it } from "vitest";
import type { PlannedWrite } from "../../../lib/gen/api";
import { cellOf, columnsOf } from "./writes";

const write = (sql: string, binds: string[]): PlannedWrite => ({ label: "", table: "quotes", sql, binds, rows: [] });

describe("a statement as a table", () => {
  it("names each value by its column and shows what the statement itself writes", () => {
    const columns = columnsOf(
      write("INSERT INTO quotes (id, lifecycle_status, generated_at, total) VALUES (?, 'approved', now, ?)", ["quote.id", "quote.totals.total"]),
    );
    expect(columns).toEqual([
      { name: "id", bound: 0 },
      { name: "lifecycle_status", written: "approved" },
      { name: "generated_at", written: "the moment of release" },
      { name: "total", bound: 1 },
    ]);
  });

  it("names what is bound by where it comes from when there is no list of columns", () => {
    const columns = columnsOf(write("UPDATE customer_profiles SET last_quote_event=now WHERE customer_id=?", ["quote.customer.id"]));
    expect(columns).toEqual([{ name: "quote customer id", bound: 0 }]);
  });

  it("never pairs a value with a column that may be another's", () => {
    const columns = columnsOf(write("INSERT INTO quotes (id, total) VALUES (?, ?)", ["quote.id"]));
    expect(columns).toEqual([{ name: "quote id", bound: 0 }]);
  });
});

describe("a value", () => {
  it("that is empty says so", () => {
    expect(cellOf({ name: "note", bound: 0 }, [null])).toEqual({ text: "empty", json: null, empty: true });
  });

  it("that is a whole document opens to it", () => {
    const snapshot = JSON.stringify({ id: "Q-2627-7KPXD6-0001", notes: ["a".repeat(80)] });
    const cell = cellOf({ name: "snapshot", bound: 0 }, [snapshot]);
    expect(cell.text).toBe(`${snapshot.length} characters`);
    expect(cell.json).toContain('\n  "id": "Q-2627-7KPXD6-0001"');
  });
});
