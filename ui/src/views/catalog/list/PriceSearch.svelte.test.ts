import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noShell, shell } from "../../../lib/backend/shell.fixture";
import { parse, type Route } from "../../../lib/routes";
import PriceSearch from "./PriceSearch.svelte";

// The frame asks it; there is none here.
vi.mock("../../../lib/overview.svelte", () => ({ useOverview: () => ({ data: undefined }) }));

let asked: string[] = [];
let route = $state.raw<Route>(parse("/prices?text=10412"));
let shown: Record<string, unknown> | undefined;

const field = (): HTMLInputElement => document.querySelector<HTMLInputElement>('input[type="search"]')!;

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", class { observe = () => {}; disconnect = () => {}; });
  HTMLElement.prototype.scrollTo ??= () => {};
  shell<{ text: string }>(({ args }) => {
    asked.push(args.text);
    return { rows: [], total: 0 };
  });
  shown = mount(PriceSearch, {
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

test("an address that names an item finds its prices, also while another's are shown", async () => {
  await vi.waitFor(() => expect(asked).toEqual(["10412"]));
  route = parse("/prices?text=20817");
  flushSync();
  await vi.waitFor(() => expect(asked).toEqual(["10412", "20817"]));
  expect(field().value).toBe("20817");
  route = parse("/prices");
  flushSync();
  expect(field().value).toBe("20817");
});
