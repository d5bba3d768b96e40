import { describe, expect, it } from "vitest";
import type { LineShown } from "../../../lib/gen/api";
import { LineCursor } from "./lines.svelte";

const lines = (...ids: string[]): LineShown[] => ids.map((line_id) => ({ line_id, item_code: line_id }) as LineShown);

describe("the keyboard in the lines", () => {
  it("stays on its line when lines come and go around it", () => {
    let shown = lines("a", "b", "c");
    const cursor = new LineCursor(() => shown);
    cursor.to({ row: 1, column: "price" });
    shown = lines("new", "a", "b");
    expect(cursor.place).toEqual({ row: 2, column: "price" });
    expect(cursor.line?.line_id).toBe("b");
  });

  it("acts on the picked lines, and on its own when none is picked", () => {
    const cursor = new LineCursor(() => lines("a", "b", "c"));
    cursor.to({ row: 1, column: "item" });
    expect(cursor.chosen).toEqual(["b"]);
    cursor.toggle("c");
    cursor.toggle("a");
    expect(cursor.chosen).toEqual(["a", "c"]);
    cursor.toggle("a");
    expect(cursor.chosen).toEqual(["c"]);
  });

  it("forgets a picked line that is gone", () => {
    let shown = lines("a", "b");
    const cursor = new LineCursor(() => shown);
    cursor.toggle("b");
    shown = lines("a");
    expect(cursor.chosen).toEqual(["a"]);
  });

  it("picks a stretch from where picking began, both ways", () => {
    const cursor = new LineCursor(() => lines("a", "b", "c", "d"));
    cursor.to({ row: 1, column: "item" });
    cursor.pickTo("d");
    expect(cursor.chosen).toEqual(["b", "c", "d"]);
    cursor.pickTo("a");
    expect(cursor.chosen).toEqual(["a", "b"]);
  });
});
