import { createRawSnippet, flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Drawer from "./Drawer.svelte";

const before = document.createElement("button");
const closed = vi.fn();
let open = $state(false);
let shown: Record<string, unknown> | undefined;

const dialog = (): HTMLDialogElement => document.querySelector("dialog")!;
const inner = (label: string): HTMLButtonElement | null => dialog().querySelector(`button[aria-label="${label}"]`);
const html = (text: string) => createRawSnippet(() => ({ render: () => text }));

/** The engine's own part, which is not in this one: a modal dialog takes the focus and gives it back, and Esc closes it. */
function engine(): void {
  let had: Element | null = null;
  vi.spyOn(HTMLDialogElement.prototype, "showModal").mockImplementation(function (this: HTMLDialogElement) {
    had = document.activeElement;
    this.open = true;
    (this.querySelector<HTMLElement>("button, [href], input, select") ?? this).focus();
  });
  vi.spyOn(HTMLDialogElement.prototype, "close").mockImplementation(function (this: HTMLDialogElement) {
    this.open = false;
    (had as HTMLElement | null)?.focus();
    this.dispatchEvent(new Event("close"));
  });
}

function escape(): void {
  const key = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
  if (document.activeElement?.dispatchEvent(key)) dialog().close();
  flushSync();
}

function draw(is: boolean): void {
  open = is;
  flushSync();
}

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  HTMLDialogElement.prototype.close ??= () => {};
  engine();
  open = false;
  closed.mockClear();
  document.body.append(before);
  before.focus();
  shown = mount(Drawer, {
    target: document.body,
    props: {
      get open() {
        return open;
      },
      set open(is) {
        open = is;
      },
      title: html("<span>History of this draft</span>"),
      about: "3 changes",
      onclose: closed,
      children: html(`<button aria-label="Compare"></button>`),
    },
  });
  flushSync();
});
afterEach(async () => {
  if (shown) await unmount(shown);
  before.remove();
  vi.restoreAllMocks();
});

test("drawn open, it is there with its name, and has the focus", () => {
  expect(dialog().open).toBe(false);
  expect(dialog().textContent).toBe("");
  draw(true);
  expect(dialog().open).toBe(true);
  const name = document.getElementById(dialog().getAttribute("aria-labelledby") ?? "");
  expect(name?.textContent).toBe("History of this draft");
  expect(dialog().textContent).toContain("3 changes");
  expect(document.activeElement).toBe(inner("Close"));
});

test("Esc closes it from wherever the keyboard is in it, and the focus goes back to where it was", () => {
  draw(true);
  inner("Compare")?.focus();
  escape();
  expect([dialog().open, open]).toEqual([false, false]);
  expect(closed).toHaveBeenCalledOnce();
  expect(dialog().textContent).toBe("");
  expect(document.activeElement).toBe(before);
});

test("its button and the page close it as Esc does, and it can be drawn open again", () => {
  draw(true);
  inner("Close")?.click();
  flushSync();
  expect([dialog().open, open]).toEqual([false, false]);
  draw(true);
  expect(document.activeElement).toBe(inner("Close"));
  draw(false);
  expect(dialog().open).toBe(false);
  expect(document.activeElement).toBe(before);
  expect(closed).toHaveBeenCalledTimes(2);
});
