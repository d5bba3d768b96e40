import { expect, test } from "vitest";
import type { Company } from "../../lib/gen/api";
import { companyOf, differs, problems, typedOf } from "./letterhead";

const company: Company = {
  name: "Prairie Foods", address: ["1 Main St", "Ames, IA"], phone: "", email: "", website: "", terms: ["Net 30."], validity_days: 60,
};

test("an untouched letterhead has nothing to save", () => {
  expect(differs(typedOf(company), company)).toBe(false);
  expect(companyOf(typedOf(company))).toEqual(company);
});

test("empty lines are not printed", () => {
  expect(companyOf({ ...typedOf(company), address: [" 1 Main St ", "", "  "] }).address).toEqual(["1 Main St"]);
});

test("a letterhead needs a name and a day of validity", () => {
  expect(problems({ ...typedOf(company), name: " " }).name).toBeDefined();
  for (const days of ["0", "", "2.5", "-1", "70000"]) {
    expect(problems({ ...typedOf(company), validity_days: days }).validity_days, days).toBeDefined();
  }
  expect(problems(typedOf(company))).toEqual({});
});
