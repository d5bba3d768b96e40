import { expect, test } from "vitest";
import type { Command } from "../../lib/commands.svelte";
import { addressOf, entries, fits } from "./entries";

const command = (id: string, label: string, more: Partial<Command> = {}): Command => ({ id, label, run: () => {}, ...more });

test("every word typed must be there, in any order", () => {
  expect(fits("Go to settings", "set go")).toBe(true);
  expect(fits("Go to settings", "go sync")).toBe(false);
});

test("with nothing typed, what can be done is listed by group", () => {
  const listed = entries("", [command("a", "Approve"), command("b", "Go", { group: "Go to" }), command("c", "Reject")], []);
  expect(listed.map((entry) => entry.id)).toEqual(["a", "c", "b"]);
});

test("what is offered twice is listed once, as offered last; what lives by its keys alone is not listed", () => {
  const listed = entries("", [command("x", "New words"), command("x", "Old words"), command("y", "Filter", { keysOnly: true })], []);
  expect(listed.map((entry) => entry.label)).toEqual(["New words"]);
});

test("what is found leads to its page", () => {
  expect(addressOf({ kind: "item", id: "10412", title: "", detail: "" })).toBe("/catalog/10412");
  expect(addressOf({ kind: "action", id: "act_1", title: "", detail: "" })).toBe("/approvals/act_1");
});
