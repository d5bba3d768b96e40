import { describe, expect, it } from "vitest";
import { readDay, schoolYears } from "./days";

const today = new Date(2026, 10, 30);

describe("a day as typed", () => {
  it("is read in the three ways it is written", () => {
    expect(["2027-03-31", "3/31/2027", "3/31/27", "Mar 31, 2027", "march 31 2027"].map((text) => readDay(text, today))).toEqual(
      Array.from({ length: 5 }, () => "2027-03-31"),
    );
  });

  it("without a year is the next such day, today included", () => {
    expect(["Mar 31", "12/1", "11/30", "11/29"].map((text) => readDay(text, today))).toEqual([
      "2027-03-31", "2026-12-01", "2026-11-30", "2027-11-29",
    ]);
  });

  it("that no calendar has is none", () => {
    expect(["2027-02-29", "13/1/2027", "Foo 3", "soon", "", "2027-3"].map((text) => readDay(text, today))).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });
});

describe("school years to choose from", () => {
  it("turn on the first of July", () => {
    expect(schoolYears(new Date(2026, 5, 30), null)[1]).toBe("2025-2026");
    expect(schoolYears(new Date(2026, 6, 1), null)[1]).toBe("2026-2027");
  });

  it("hold the draft's own, however old", () => {
    expect(schoolYears(today, "2022-2023")[0]).toBe("2022-2023");
    expect(schoolYears(today, "2026-2027")).toHaveLength(4);
  });
});
