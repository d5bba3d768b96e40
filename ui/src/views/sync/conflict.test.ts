import { expect, test } from "vitest";
import type { Conflict } from "../../lib/gen/api";
import { told, valueOf } from "./conflict";

const price: Conflict = { field: "price", line_id: "l1", values: [] };

test("a price rule reads as a rep says it", () => {
  const read = (value: string): string => valueOf(price, { value });
  expect(read("given 41.75")).toBe("41.7500");
  expect(read("last_year")).toBe("last year’s price");
  expect(read("list +3%")).toBe("list price +3%");
});

test("a line taken off or kept is said so", () => {
  const removal: Conflict = { ...price, field: "removal" };
  expect(valueOf(removal, { value: "removed" })).toBe("taken off");
  expect(valueOf(removal, { value: "kept" })).toBe("kept");
});

test("a decision is told with its moment in this machine's time", () => {
  const now = new Date("2026-11-30T18:00:00Z");
  expect(told("rejected by Dana at 2026-11-30T15:12:53.659Z (“too low”)", now)).toBe("rejected by Dana today 09:12 (“too low”)");
  expect(told("rejected by Dana", now)).toBe("rejected by Dana");
});
