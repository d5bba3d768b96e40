import { expect, test } from "vitest";
import { guess } from "./tables";

test("a file's header says which table it is for", () => {
  expect(guess("customer_id,item_code,school_year,case_price")).toBe("pricing_master");
  expect(guess("item_code,description,pack")).toBe("spec_items");
  expect(guess("id,customer_id,program,status,school_year")).toBe("customer_programs");
  expect(guess("customer_id,credit_limit")).toBe("customer_profiles");
  expect(guess('"id","name","entitystatus"')).toBe("customers");
  expect(guess("a;b;c")).toBeNull();
});
