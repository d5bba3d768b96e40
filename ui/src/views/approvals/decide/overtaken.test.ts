import { expect, it } from "vitest";
import { overtakenWords } from "./overtaken";

it("says what happened, and after a refused decision that nothing came of it", () => {
  const voided = { status: "voided", void_reason: "the prices are different", decided_by: null } as const;
  expect(overtakenWords(voided, true)).toBe("It was voided: the prices are different. Nothing was decided by you, and nothing was released.");
  expect(overtakenWords({ status: "approved", void_reason: null, decided_by: "Mike" }, false)).toBe("It was approved by Mike.");
});

it("before it is known what happened still says that nothing came of it", () => {
  expect(overtakenWords(undefined, true)).toContain("nothing was released");
});
