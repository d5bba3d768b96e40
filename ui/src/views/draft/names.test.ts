import { expect, it } from "vitest";
import { draftTitle } from "./names";

it("a draft is called by its customer, and the state tells namesakes apart", () => {
  const customer = { id: "c", name: "Cedar Falls CSD", city: "Cedar Falls", state: "IA" };
  expect(draftTitle({ customer, revision_of: null })).toBe("Draft · Cedar Falls CSD (IA)");
  expect(draftTitle({ customer: { ...customer, state: null }, revision_of: "q-1" })).toBe("Revision · Cedar Falls CSD");
  expect(draftTitle({ customer: null, revision_of: null })).toBe("Draft · no customer yet");
});
