import { expect, test } from "vitest";
import { chosen, inOrder } from "./filters";

test("an address that names filters sets them", () => {
  expect(chosen({ status: "sent", year: "2026-2027" })).toEqual({ text: "", lifecycle: "sent", year: "2026-2027" });
  expect(chosen({ text: "cedar" })).toEqual({ text: "cedar", lifecycle: null, year: null });
});

test("an address that names none, or a status there is not, sets none", () => {
  expect(chosen({})).toBeNull();
  expect(chosen({ status: "lost" })).toBeNull();
});

test("statuses are offered in the order of a quote's life", () => {
  const counts = [{ lifecycle: "accepted" as const }, { lifecycle: "sent" as const }, { lifecycle: "proposed" as const }];
  expect(inOrder(counts).map(({ lifecycle }) => lifecycle)).toEqual(["proposed", "sent", "accepted"]);
});
