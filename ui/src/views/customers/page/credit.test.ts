import { expect, test } from "vitest";
import type { Exposure } from "../../../lib/gen/api";
import { credit } from "./credit";

const exposure = (ar_balance: string, open_quotes: string, credit_limit: string | null, over_limit = false): Exposure => ({
  credit_limit, ar_balance, open_quotes, open_quote_count: 1, this_quote: "0.00", total: "0.00", over_limit,
});

test("the bar is the limit, and its parts are shares of it", () => {
  expect(credit(exposure("10000.00", "20000.00", "100000.00"))).toEqual({ standing: "within", owed: 100, quoted: 200, limit: 1000 });
});

test("past the limit the bar is what is owed and quoted, and the limit stands within it", () => {
  expect(credit(exposure("60000.00", "60000.00", "60000.00", true))).toEqual({ standing: "over", owed: 500, quoted: 500, limit: 500 });
});

test("from nine tenths on it is near, to the cent", () => {
  expect(credit(exposure("90.00", "0.00", "100.00")).standing).toBe("near");
  expect(credit(exposure("89.99", "0.00", "100.00")).standing).toBe("within");
});

test("whether it is over is for the rules to say, not for the bar", () => {
  expect(credit(exposure("100.00", "0.01", "100.00", false)).standing).toBe("near");
});

test("without a limit, or with a balance in the customer's favour, nothing breaks", () => {
  expect(credit(exposure("10.00", "10.00", null))).toMatchObject({ standing: "unlimited", owed: 500, quoted: 500 });
  expect(credit(exposure("-50.00", "10.00", "100.00"))).toMatchObject({ standing: "within", owed: 0 });
  expect(credit(exposure("0", "0", "0"))).toMatchObject({ owed: 0, quoted: 0 });
});
