import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noShell, shell } from "../../../lib/backend/shell.fixture";
import { parse, type Route } from "../../../lib/routes";
import QuoteList from "./QuoteList.svelte";

type Asked = { text: string; lifecycle: string | null };
let asked: Asked[] = [];
let route = $state.raw<Route>(parse("/quotes"));
let shown: Record<string, unknown> | undefined;

function arrive(address: string): void {
  route = parse(address);
  flushSync();
}
const field = (): HTMLInputElement => document.querySelector<HTMLInputElement>('input[type="search"]')!;
const last = (): Asked | undefined => asked.at(-1);

beforeEach(() => {
  asked = [];
  vi.stubGlobal("ResizeObserver", class { observe = () => {}; disconnect = () => {}; });
  HTMLElement.prototype.scrollTo ??= () => {};
  shell<Asked>(({ command, args }) => {
    if (command !== "quotes") return { lifecycles: [], school_years: [] };
    asked.push(args);
    return { rows: [], total: 0 };
  });
  route = parse("/quotes?text=cedar&status=sent");
  shown = mount(QuoteList, {
    target: document.body,
    props: {
      get route() {
        return route;
      },
    },
  });
  flushSync();
});
afterEach(async () => {
  if (shown) await unmount(shown);
  noShell();
  vi.unstubAllGlobals();
});

test("an address that names filters sets them, once", async () => {
  await vi.waitFor(() => expect(last()).toMatchObject({ text: "cedar", lifecycle: "sent" }));
  expect(field().value).toBe("cedar");
  expect(asked).toHaveLength(1);
});

test("an address that names filters while the list is open sets them as well", async () => {
  arrive("/quotes?text=maple");
  await vi.waitFor(() => expect(last()).toMatchObject({ text: "maple", lifecycle: null }));
  expect(field().value).toBe("maple");
});

test("an address that names none leaves what is there", async () => {
  arrive("/quotes");
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(field().value).toBe("cedar");
});
