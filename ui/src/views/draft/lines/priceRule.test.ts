import { describe, expect, it } from "vitest";
import { priceChoices, readAmount, readMove, ruleInWords } from "./priceRule";

const rules = (text: string): string[] => priceChoices(text, "41.2500").map((choice) => choice.rule);

describe("a move", () => {
  it("is written the one way the rule is stored", () => {
    expect(["3%", "+3", "+ 3.0 %", "03.50%", "-2.50%", "−2.5", "-0%", "+2."].map(readMove)).toEqual([
      "+3%", "+3%", "+3%", "+3.5%", "-2.5%", "-2.5%", "+0%", "+2%",
    ]);
  });

  it("is not guessed from a bare number", () => {
    expect(["3", "41.75", "", "%", "3 4%", "abc"].map(readMove)).toEqual([null, null, null, null, null, null]);
  });
});

describe("an amount", () => {
  it("keeps its digits as typed, never through a float", () => {
    expect(["41.75", "$1,041.7500", "0.1", "41."].map(readAmount)).toEqual(["41.75", "1041.7500", "0.1", "41"]);
  });

  it("with more than four decimals, a sign or a stray comma is none", () => {
    expect(["41.75001", "-3", "4,1.5", ".5", "1.2.3"].map(readAmount)).toEqual([null, null, null, null, null]);
  });
});

describe("what is typed as a price", () => {
  it("offers every rule while nothing is typed", () => {
    expect(rules("")).toEqual(["list", "last_year", "", ""]);
  });

  it("takes an amount for an amount", () => {
    expect(rules("41.75")).toEqual(["41.75"]);
  });

  it("asks from which price a bare move starts, and never picks for the rep", () => {
    expect(rules("+3%")).toEqual(["list +3%", "last_year +3%"]);
  });

  it("takes a named base at its word", () => {
    expect(rules("list +3%")).toEqual(["list +3%"]);
    expect(rules("last year -2.5%")).toEqual(["last_year -2.5%"]);
    expect(rules("ly +1")).toEqual(["last_year +1%"]);
    expect(rules("hold")[0]).toBe("last_year");
  });

  it("offers nothing for what means nothing", () => {
    expect(rules("cheap")).toEqual([]);
    expect(rules("list +x")).toEqual([]);
  });

  it("says what last year's price was beside what holds it", () => {
    expect(priceChoices("hold", "41.2500")[0]?.detail).toBe("was 41.2500");
    expect(priceChoices("hold", null)[0]?.detail).toBe("none known");
    expect(priceChoices("hold", undefined)[0]?.detail).toBeUndefined();
  });
});

describe("a rule in words", () => {
  it("reads as a rep says it", () => {
    expect(["list", "last_year", "given 41.75", "list +3%", "last_year -2.5%", "removed"].map(ruleInWords)).toEqual([
      "List price", "Last year’s price", "$41.7500 a case", "List price +3%", "Last year’s price −2.5%", "removed",
    ]);
  });
});
