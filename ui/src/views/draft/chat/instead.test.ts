import { expect, test } from "vitest";
import type { Choice, DraftShown, Understood } from "../../../lib/gen/api";
import { alternatives } from "./instead";

const choice = (label: string, changes: Choice["changes"]): Choice => ({ number: 0, label, detail: "", words: [], changes });
const understood = (...choices: Choice[]): Understood => ({ said: "waffles", meant: "10501", why: "", alternatives: choices });
type Standing = Parameters<typeof alternatives>[1];
const draft = (lines: string[], customer: string | null = "C1", status: DraftShown["status"] = "open"): Standing => ({
  status,
  lines: lines.map((line_id) => ({ line_id }) as DraftShown["lines"][number]),
  customer: customer === null ? null : { id: customer, name: customer, city: null, state: null, is_here: true },
});

test("an alternative is offered only while the line it would replace is there", () => {
  const one = understood(choice("mini", [{ change: "add_line", line_id: "B", item_code: "10500", quantity: 4, price: "list" }, { change: "remove_line", line_id: "A" }]));
  expect(alternatives(one, draft(["A"])).map((other) => other.place)).toEqual([0]);
  expect(alternatives(one, draft(["B"]))).toEqual([]);
  expect(alternatives(one, draft(["A"], "C1", "closed"))).toEqual([]);
  expect(alternatives(one, undefined)).toEqual([]);
});

test("a customer is no alternative to itself, and places are those of the whole list", () => {
  const one = understood(choice("one", [{ change: "set_customer", customer_id: "C1" }]), choice("other", [{ change: "set_customer", customer_id: "C2" }]));
  expect(alternatives(one, draft([])).map((other) => other.place)).toEqual([1]);
});
