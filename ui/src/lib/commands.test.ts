import { mount, unmount, flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listenToKeys, type Command } from "./commands.svelte";
import Offers from "./Offers.fixture.svelte";

let stop: () => void;
const mounted: Record<string, unknown>[] = [];

beforeEach(() => {
  document.body.innerHTML = `<input><div tabindex="0"></div><button></button>`;
  stop = listenToKeys();
});
afterEach(() => {
  stop();
  for (const one of mounted.splice(0)) void unmount(one);
});

function offer(...commands: Command[]): void {
  mounted.push(mount(Offers, { target: document.body, props: { commands } }));
  flushSync();
}

function press(key: string, on = "div", held: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
  return !document.querySelector(on)?.dispatchEvent(event);
}

test("a key does what was offered for it", () => {
  const run = vi.fn();
  offer({ id: "reject", label: "Reject", keys: "r", run });
  expect(press("r")).toBe(true);
  expect(run).toHaveBeenCalledOnce();
});

test("while typing, letters are letters; only what says so works", () => {
  const letter = vi.fn();
  const submit = vi.fn();
  offer({ id: "a", label: "Approve", keys: "a", run: letter }, { id: "s", label: "Submit", keys: "Mod+Enter", inFields: true, run: submit });
  expect(press("a", "input")).toBe(false);
  press("Enter", "input", { ctrlKey: true });
  expect(letter).not.toHaveBeenCalled();
  expect(submit).toHaveBeenCalledOnce();
});

test("a page takes a key over from the frame, and gives it back", () => {
  const frame = vi.fn();
  const page = vi.fn();
  offer({ id: "frame", label: "Frame", keys: "Escape", run: frame });
  offer({ id: "page", label: "Page", keys: "Escape", run: page });
  press("Escape");
  void unmount(mounted.pop() ?? {});
  press("Escape");
  expect([page.mock.calls.length, frame.mock.calls.length]).toEqual([1, 1]);
});

test("what cannot be done now lets the next offer have the key", () => {
  const run = vi.fn();
  offer({ id: "one", label: "One", keys: "x", run });
  offer({ id: "two", label: "Two", keys: "x", when: () => false, run: () => expect.unreachable() });
  press("x");
  expect(run).toHaveBeenCalledOnce();
});

test("a button answers its own Enter and Space", () => {
  const run = vi.fn();
  offer({ id: "pdf", label: "PDF", keys: "Space", run });
  expect(press(" ", "button")).toBe(false);
  expect(press(" ", "div")).toBe(true);
  expect(run).toHaveBeenCalledOnce();
});
