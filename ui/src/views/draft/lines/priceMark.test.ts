import { expect, it } from "vitest";
import { priceMark } from "./priceMark";

it("a price that is not the list price says where it came from", () => {
  expect(priceMark({ price_source: "current", price_rule: "list price" })).toBe("");
  expect(priceMark({ price_source: "last_year", price_rule: "last year's price" })).toBe("held");
  expect(priceMark({ price_source: "moved", price_rule: "-2.5% last year's price" })).toBe("-2.5%");
  expect(priceMark({ price_source: "given", price_rule: "$41.7500 a case" })).toBe("typed");
});
