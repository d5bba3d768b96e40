import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { noShell, shell } from "../backend/shell.fixture";
import { app } from "../app.svelte";
import ConnectForm from "./ConnectForm.svelte";

let user: string | null = null;
let shown: Record<string, unknown> | undefined;

const device = (): HTMLInputElement => [...document.querySelectorAll("input")].at(-1)!;

async function becomes(name: string | null): Promise<void> {
  user = name;
  await app.refresh();
  flushSync();
}

beforeEach(async () => {
  shell(() => ({ profile: "open", user, start_at: null }));
  await becomes(null);
  shown = mount(ConnectForm, { target: document.body, props: { onconnected: () => {} } });
  flushSync();
});
afterEach(async () => {
  if (shown) await unmount(shown);
  noShell();
});

test("the device is called after who sits here, also when that comes to be known only later", async () => {
  expect(device().value).toBe("");
  await becomes("Joe Vance");
  expect(device().value).toBe("Joe Vance’s desk");
});

test("what somebody called it stays, even when that is nothing", async () => {
  for (const typed of ["van", ""]) {
    device().value = typed;
    device().dispatchEvent(new Event("input", { bubbles: true }));
    await becomes("Joe Vance");
    expect(device().value).toBe(typed);
  }
});
