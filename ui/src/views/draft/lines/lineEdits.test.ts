import { describe, expect, it } from "vitest";
import type { LineShown } from "../../../lib/gen/api";
import { moveLine, nameLines, readCases, touchedLines } from "./lineEdits";

function line(line_id: string, quantity: number | null = 10): LineShown {
  return {
    line_id, quantity, item_code: `item-${line_id}`, description: null, pack: null, case_price: null,
    price_source: "missing", price_rule: "list price", price: "list", last_year_price: null, margin: null, note: null, margin_pct: null,
    below_floor: null, vs_last_year: null, program: null, df_value: null, net_price: null, extended: null, flags: [],
  };
}

const lines = [line("a"), line("b"), line("c")];

describe("moving a line", () => {
  it("says after which line it then stands", () => {
    expect(moveLine(lines, "a", 1)).toEqual([{ edit: "move_line", line_id: "a", after: "b" }]);
    expect(moveLine(lines, "c", -1)).toEqual([{ edit: "move_line", line_id: "c", after: "a" }]);
  });

  it("to the top says after none", () => {
    expect(moveLine(lines, "b", -1)).toEqual([{ edit: "move_line", line_id: "b", after: null }]);
  });

  it("past an end asks for nothing", () => {
    expect(moveLine(lines, "a", -1)).toEqual([]);
    expect(moveLine(lines, "c", 1)).toEqual([]);
    expect(moveLine(lines, "gone", 1)).toEqual([]);
  });
});

it("cases are whole and more than none", () => {
  expect(["120", "1,200", " 7 ", "0", "-1", "1.5", "", "12345678"].map(readCases)).toEqual([
    120, 1200, 7, null, null, null, null, null,
  ]);
});

it("one line is called by its item, several by their number", () => {
  expect(nameLines(lines, ["b"])).toBe("item-b");
  expect(nameLines(lines, ["a", "b"])).toBe("2 lines");
});

it("what an answer touched is what came or changed, and not what merely moved", () => {
  const after = [line("c"), line("a", 12), line("d")];
  expect([...touchedLines(lines, after)]).toEqual(["a", "d"]);
});
