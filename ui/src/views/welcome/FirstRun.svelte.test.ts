import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noShell, shell } from "../../lib/backend/shell.fixture";
import { app } from "../../lib/app.svelte";
import FirstRun from "./FirstRun.svelte";

type Created = { user: string; sample: boolean; passphrase: string | null };
let created: Created[] = [];
let shown: Record<string, unknown> | undefined;

beforeEach(() => {
  created = [];
  shell<Created>(({ command, args }) => {
    if (command === "profile_create") {
      created.push(args);
      if (args.passphrase === null) throw { code: "key_missing", message: "there is no keyring", hint: "" };
      return { home: "/h", user: args.user, recovery_key: "AAAA-BBBB-CCCC" };
    }
    if (command === "app_state") return { profile: "open", user: created.at(-1)?.user ?? null, start_at: null };
    if (command === "preferences") return { theme: "system", density: "comfortable" };
    return undefined;
  });
  shown = mount(FirstRun, { target: document.body });
  flushSync();
});
afterEach(async () => {
  if (shown) await unmount(shown);
  noShell();
});

const text = (): string => document.body.textContent ?? "";
const press = (word: string): void => {
  [...document.querySelectorAll("button")].find((button) => button.textContent?.includes(word))?.click();
  flushSync();
};
const submit = (): void => {
  document.querySelector("form")?.dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
  flushSync();
};
const fields = (kind: string): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>(`input[type=${kind}]`)];
const type = (field: HTMLInputElement | undefined, value: string): void => {
  if (!field) throw new Error("no field");
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

test("without a keyring a passphrase is asked for in place, and the recovery key must be kept before one goes on", async () => {
  press("Start empty");
  type(document.querySelector("input") ?? undefined, "Ann Reed");
  submit();
  submit();
  await vi.waitFor(() => expect(text()).toContain("No keyring answers"));
  expect(app.entering).toBe(false);

  const [first, again] = fields("password");
  type(first, "seven green tractors");
  type(again, "seven green tractor");
  submit();
  expect(text()).toContain("The two are not the same");
  type(again, "seven green tractors");
  submit();
  await vi.waitFor(() => expect(text()).toContain("AAAA-BBBB-CCCC"));
  expect(created).toEqual([
    { user: "Ann Reed", sample: false, passphrase: null },
    { user: "Ann Reed", sample: false, passphrase: "seven green tractors" },
  ]);

  // The desk is open by now, and the key still stands on the screen.
  expect(app.entering).toBe(true);
  submit();
  expect(text()).toContain("AAAA-BBBB-CCCC");
  expect(app.entering).toBe(true);
  fields("checkbox")[0]?.click();
  flushSync();
  submit();
  await vi.waitFor(() => expect(app.entering).toBe(false));
});

test("the device is called after whoever set it up, without waiting for the shell to tell of the new desk", async () => {
  press("Start and connect to a central");
  type(document.querySelector("input") ?? undefined, "Joe Vance");
  submit();
  fields("radio").at(-1)?.click();
  flushSync();
  const [one, two] = fields("password");
  type(one, "seven green tractors");
  type(two, "seven green tractors");
  submit();
  await vi.waitFor(() => expect(text()).toContain("AAAA-BBBB-CCCC"));
  fields("checkbox")[0]?.click();
  flushSync();
  submit();
  expect(text()).toContain("Connect to the central");
  expect([...document.querySelectorAll("input")].at(-1)?.value).toBe("Joe Vance’s desk");
});
