import { expect, test } from "vitest";
import { after, before, passphraseProblems, way } from "./way";

test("the recovery key is shown on every way in, right after the profile is made", () => {
  for (const purpose of ["sample", "central", "empty"] as const) expect(after("key", purpose)).toBe("recovery");
});

test("nobody goes back behind the making of the profile", () => {
  expect(before("key", "central")).toBe("who");
  expect(before("recovery", "central")).toBeNull();
  expect(before("connect", "central")).toBeNull();
  expect(before("purpose", "empty")).toBeNull();
});

test("only the way to a central asks for one", () => {
  expect(way("empty")).not.toContain("connect");
  expect(after("connect", "central")).toBe("arrival");
  expect(after("recovery", "sample")).toBeNull();
});

test("a passphrase is typed twice the same", () => {
  expect(passphraseProblems("", "")).toHaveProperty("first");
  expect(passphraseProblems("a b", "a c")).toHaveProperty("again");
  expect(passphraseProblems("a b", "a b")).toEqual({});
});
