import { expect, test } from "vitest";
import { address, place } from "./words";

test("an address leaves out what is not known", () => {
  expect(address({ address1: "1002 W 1st St", city: "Cedar Falls", state: "IA", zip: "50613" })).toEqual([
    "1002 W 1st St",
    "Cedar Falls, IA 50613",
  ]);
  expect(address({ address1: null, city: null, state: "IA", zip: null })).toEqual(["IA"]);
  expect(address({ address1: null, city: null, state: null, zip: null })).toEqual([]);
});

test("a place is a town and a state, or either", () => {
  expect(place({ city: "Cedar Falls", state: "IA" })).toBe("Cedar Falls, IA");
  expect(place({ city: null, state: null })).toBe("");
});
