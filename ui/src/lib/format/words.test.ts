import { expect, test } from "vitest";
import { found } from "./words";

test.each([
  ["line 2 (20840) margin_pct is 14.7626", "line 2 (20840) margin is 14.7626%"],
  ["margin_pct is not known", "margin pct is not known"],
  ["customer.entitystatus is hold", "customer.entitystatus is hold"],
])("a check’s reason reads as words: %s", (reason, read) => expect(found(reason)).toBe(read));
