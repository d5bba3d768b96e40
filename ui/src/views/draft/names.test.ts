import { expect, it } from "vitest";
import { customerLine, draftTitle } from "./names";

it("a draft is called by its customer, and the state tells namesakes apart", () => {
  const customer = { id: "c", name: "Cedar Falls CSD", city: "Cedar Falls", state: "IA", is_here: true };
  expect(draftTitle({ customer, revision_of: null })).toBe("Draft · Cedar Falls CSD (IA)");
  expect(draftTitle({ customer: { ...customer, state: null }, revision_of: "q-1" })).toBe("Revision · Cedar Falls CSD");
  expect(draftTitle({ customer: null, revision_of: null })).toBe("Draft · no customer yet");
});

it("a customer that left the territory is told by its key", () => {
  expect(customerLine({ id: "C10005", name: "C10005", city: null, state: null, is_here: false })).toBe("C10005 (not on this device)");
  expect(customerLine({ id: "C1", name: "Cedar Falls CSD", city: "Cedar Falls", state: "IA", is_here: true })).toBe("Cedar Falls CSD · Cedar Falls, IA");
});
