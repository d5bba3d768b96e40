import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { noShell, shell } from "../../lib/backend/shell.fixture";
import type { LearnedShown } from "../../lib/gen/api";
import Words from "./Words.svelte";
import { fits } from "./words";

const waffles: LearnedShown = {
  id: 7, kind: "item", said: "waffles", target: "10501", meant: "Waffle, maple", detail: "144 ct", customer_id: "C1",
  customer_name: "Cedar Falls", learned_at: "2026-11-23T09:30:00.000Z", times: 2,
};
const grove: LearnedShown = {
  id: 8, kind: "customer", said: "the grove", target: "C3", meant: null, detail: null, customer_id: null,
  customer_name: null, learned_at: "2026-11-23T09:30:00.000Z", times: 1,
};
let shown: Record<string, unknown> | undefined;
let known: LearnedShown[] = [];

function open(words: LearnedShown[]): void {
  known = words;
  shell<{ id?: number }>(({ command, args }) => {
    if (command === "learned_forget") known = known.filter((word) => word.id !== args.id);
    return command === "learned_words" ? known : {};
  });
  shown = mount(Words, { target: document.body });
  flushSync();
}
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  noShell();
});
const text = (): string => document.body.textContent ?? "";

test("words are listed with what they mean and for whom, and removed one by one", async () => {
  open([waffles, grove]);
  await vi.waitFor(() => expect(text()).toContain("10501"));
  for (const part of ["“waffles”", "Waffle, maple", "144 ct", "Cedar Falls", "2×", "“the grove”", "not on this device any more", "everything you write"]) {
    expect(text()).toContain(part);
  }
  document.querySelector<HTMLButtonElement>('button[aria-label="Remove “waffles”"]')?.click();
  await vi.waitFor(() => expect(text()).not.toContain("10501"));
  expect(text()).toContain("“the grove”");
});

test("before anything is learnt it says how that happens", async () => {
  open([]);
  await vi.waitFor(() => expect(text()).toContain("your answer is kept here"));
});

test("words are found by what they mean as well", () => {
  expect(fits(waffles, "maple 144")).toBe(true);
  expect(fits(waffles, "cedar")).toBe(true);
  expect(fits(waffles, "pizza")).toBe(false);
  expect(fits(grove, "")).toBe(true);
});
