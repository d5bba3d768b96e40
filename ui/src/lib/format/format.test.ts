import { describe, expect, test } from "vitest";
import { decimal, moved, price, signOf, total } from "./money";
import { change, percent } from "./percent";
import { age, clock, duration, moment, when } from "./when";

describe("money", () => {
  test.each([
    ["41.75", "41.7500"],
    ["41.7500", "41.7500"],
    ["0", "0.0000"],
    ["1234567.89", "1,234,567.8900"],
  ])("a price keeps four decimals: %s", (amount, shown) => expect(price(amount)).toBe(shown));

  test.each([
    ["12340", "12,340.00"],
    ["0.005", "0.01"],
    ["-0.005", "−0.01"],
    ["-0.004", "0.00"],
    ["1.0049", "1.00"],
    ["999999.995", "1,000,000.00"],
    ["90071992547409931.1150", "90,071,992,547,409,931.12"],
  ])("a total is cents, rounded half away from zero: %s", (amount, shown) => expect(total(amount)).toBe(shown));

  test("a difference has its sign, nothing has none", () => {
    expect([moved("12.5"), moved("-3.1"), moved("0.0000")]).toEqual(["+12.50", "−3.10", "0.00"]);
    expect([signOf("0.00"), signOf("-0.01"), signOf("3")]).toEqual([0, -1, 1]);
  });

  test("what is no amount is shown as it came", () => {
    expect(total("n/a")).toBe("n/a");
    expect(decimal("1e5", 2)).toBeNull();
  });

  test("no decimals means no point", () => expect(decimal("1234.5", 0)).toBe("1,235"));
});

describe("percentages", () => {
  test.each([
    ["22.375", "22.3%"],
    ["14.996%", "14.9%"],
    ["22.4%", "22.4%"],
    ["-2.25", "−2.3%"],
    ["-2.20", "−2.2%"],
    ["-0.99", "−1.0%"],
    ["15", "15.0%"],
  ])("one decimal, rounded down: %s", (value, shown) => expect(percent(value)).toBe(shown));

  test("a change shows which way it went", () => {
    expect([change("1.2"), change("+1.2%"), change("-1.2"), change("0")]).toEqual(["+1.2%", "+1.2%", "−1.2%", "0.0%"]);
  });

  test("words stay words", () => expect(percent("unknown")).toBe("unknown"));
});

describe("moments", () => {
  const now = new Date("2026-11-30T16:42:00Z"); // 10:42 in Chicago

  test.each([
    ["2026-11-30T16:41:30Z", "just now"],
    ["2026-11-30T16:37:00Z", "5 min ago"],
    ["2026-11-30T13:00:00Z", "3 h ago"],
    ["2026-11-30T19:42:00Z", "in 3 h"],
    ["2026-11-29T16:42:00Z", "Nov 29"],
    ["2025-11-29T16:42:00Z", "Nov 29, 2025"],
  ])("relative under a day, a date beyond: %s", (at, shown) => expect(when(at, now)).toBe(shown));

  test("a day is that day, whatever the zone", () => {
    expect(when("2027-03-31", now)).toBe("Mar 31, 2027");
    expect(moment("2027-03-31")).toBe("Wed, Mar 31, 2027");
  });

  test("the hour names its day", () => {
    expect(clock("2026-11-30T13:40:00Z", now)).toBe("today 07:40");
    expect(clock("2026-11-30T05:59:00Z", now)).toBe("yesterday 23:59");
    expect(clock("2026-11-12T13:40:00Z", now)).toBe("Nov 12 07:40");
  });

  test("an age has the fewest letters, and never comes from the future", () => {
    expect([age("2026-11-30T16:37:00Z", now), age("2026-11-18T16:42:00Z", now), age("2026-12-01T00:00:00Z", now)]).toEqual([
      "5m", "12d", "now",
    ]);
  });

  test("on hover, all of it", () => expect(moment("2026-11-30T16:42:05Z")).toBe("Mon, Nov 30, 2026, 10:42:05"));

  test("durations", () => {
    expect([duration(340), duration(2_140), duration(240_000), duration(10_800_000)]).toEqual(["340 ms", "2.1 s", "4 min", "3 h"]);
  });
});
