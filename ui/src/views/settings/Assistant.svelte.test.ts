import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Asked, noShell, shell } from "../../lib/backend/shell.fixture";
import Assistant from "./Assistant.svelte";

type Call = Asked<Record<string, unknown>>;
let calls: Call[] = [];
let stands = { on: false, url: "", model: "", has_key: false, key_kept: "in the system's keyring" };
let shown: Record<string, unknown> | undefined;

beforeEach(async () => {
  calls = [];
  stands = { on: false, url: "", model: "", has_key: false, key_kept: "in the system's keyring" };
  shell<Call["args"]>((asked) => {
    calls.push(asked);
    if (asked.command === "assistant_set") stands = { ...stands, on: true, url: String(asked.args.url), model: String(asked.args.model), has_key: asked.args.key !== null };
    if (asked.command === "assistant_off") stands = { ...stands, on: false, has_key: false };
    if (asked.command === "assistant_try") return { message: "five dozen", sentences: ["60 cases of P1"] };
    return stands;
  });
  shown = mount(Assistant, { target: document.body });
  flushSync();
  await vi.waitFor(() => expect(text()).toContain("What leaves this device"));
});
afterEach(async () => {
  if (shown) await unmount(shown);
  noShell();
});

const text = (): string => document.body.textContent ?? "";
const named = (command: string): Call[] => calls.filter((one) => one.command === command);
const press = (word: string): void => {
  [...document.querySelectorAll("button")].find((button) => button.textContent?.includes(word))?.click();
  flushSync();
};
const fill = (label: string, value: string): void => {
  const id = [...document.querySelectorAll("label")].find((one) => one.textContent === label)?.htmlFor ?? "";
  const field = document.getElementById(id) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
};
const submit = (): void => {
  document.querySelector("form")?.dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
  flushSync();
};

test("it begins off, says what would leave, and is turned on only with an address and a model", async () => {
  expect(text()).toContain("It is never told");
  expect(text()).toContain("costs, margins, credit");
  submit();
  expect(named("assistant_set")).toEqual([]);
  expect(text()).toContain("Say which model.");
  fill("Address", "http://127.0.0.1:11434/v1");
  fill("Model", "local");
  submit();
  await vi.waitFor(() => expect(text()).toContain("Turn off"));
  expect(named("assistant_set").map((one) => one.args)).toEqual([{ url: "http://127.0.0.1:11434/v1", model: "local", key: null }]);
});

test("it is tried, and turned off again", async () => {
  fill("Address", "https://models.example.com/v1");
  fill("Model", "m");
  fill("Key", "sk-1");
  submit();
  await vi.waitFor(() => expect(text()).toContain("Try it"));
  expect(text()).not.toContain("sk-1");
  press("Try it");
  await vi.waitFor(() => expect(text()).toContain("60 cases of P1"));
  press("Turn off");
  await vi.waitFor(() => expect(text()).toContain("Turn one on"));
  expect(named("assistant_off").length).toBe(1);
});
