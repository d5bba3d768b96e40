import { describe, expect, it } from "vitest";
import { beginsWriting, COLUMNS, moveTo, nextEditable } from "./cells";

describe("arrows", () => {
  const shown = COLUMNS.filter((column) => column !== "pack" && column !== "program");

  it("go one cell, and stop at the edges", () => {
    expect(moveTo({ row: 0, column: "quantity" }, "ArrowRight", 3, shown)).toEqual({ row: 0, column: "price" });
    expect(moveTo({ row: 0, column: "quantity" }, "ArrowUp", 3, shown)).toEqual({ row: 0, column: "quantity" });
    expect(moveTo({ row: 2, column: "note" }, "ArrowRight", 3, shown)).toEqual({ row: 2, column: "note" });
  });

  it("pass over columns that are not shown", () => {
    expect(moveTo({ row: 0, column: "description" }, "ArrowRight", 3, shown)).toEqual({ row: 0, column: "quantity" });
  });

  it("go all the way with Ctrl", () => {
    expect(moveTo({ row: 1, column: "price" }, "ArrowDown", 9, shown, true)).toEqual({ row: 8, column: "price" });
    expect(moveTo({ row: 1, column: "price" }, "Home", 9, shown, true)).toEqual({ row: 0, column: "pick" });
  });

  it("lead nowhere where there are no lines", () => {
    expect(moveTo({ row: 0, column: "price" }, "ArrowDown", 0, shown)).toBeNull();
  });
});

describe("Tab", () => {
  it("goes through what can be written, line by line", () => {
    expect(nextEditable({ row: 0, column: "item" }, 2)).toEqual({ row: 0, column: "quantity" });
    expect(nextEditable({ row: 0, column: "price" }, 2)).toEqual({ row: 0, column: "note" });
    expect(nextEditable({ row: 0, column: "note" }, 2)).toEqual({ row: 1, column: "quantity" });
    expect(nextEditable({ row: 1, column: "quantity" }, 2, true)).toEqual({ row: 0, column: "note" });
  });

  it("leaves the lines at both ends, so nobody is held in them", () => {
    expect(nextEditable({ row: 1, column: "note" }, 2)).toBeNull();
    expect(nextEditable({ row: 0, column: "quantity" }, 2, true)).toBeNull();
  });
});

it("typing a number is enough to write it; letters stay shortcuts", () => {
  expect(beginsWriting("quantity", "4")).toBe(true);
  expect(beginsWriting("price", "+")).toBe(true);
  expect(beginsWriting("quantity", "n")).toBe(false);
  expect(beginsWriting("note", "n")).toBe(false);
  expect(beginsWriting("description", "4")).toBe(false);
});
