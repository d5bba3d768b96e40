import { createRawSnippet, flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import FloatingList from "./FloatingList.svelte";

const field = document.createElement("input");
const chosen = vi.fn();
const floats = { show: vi.fn(), hide: vi.fn() };
let options = $state.raw<string[]>(["list", "hold"]);
let by = $state.raw<HTMLElement | undefined>();
let shown: Record<string, unknown> | undefined;

const offered = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("#prices > [role=option]")];

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", class { observe = () => {}; disconnect = () => {}; });
  Object.assign(HTMLElement.prototype, { showPopover: floats.show, hidePopover: floats.hide });
  vi.clearAllMocks();
  [options, by] = [["list", "hold"], undefined];
  document.body.append(field);
  shown = mount(FloatingList, {
    target: document.body,
    props: {
      id: "prices",
      label: "Price",
      get options() {
        return options;
      },
      keyOf: String,
      at: 1,
      get by() {
        return by;
      },
      onchoose: chosen,
      option: createRawSnippet<[unknown]>((one) => ({ render: () => `<b>${one()}</b>` })),
      none: createRawSnippet(() => ({ render: () => "<i>Write an amount</i>" })),
    },
  });
  flushSync();
});
afterEach(async () => {
  if (shown) await unmount(shown);
  field.remove();
  vi.unstubAllGlobals();
});

test("it floats by its field while that says so", () => {
  expect(floats.show).not.toHaveBeenCalled();
  by = field;
  flushSync();
  expect(floats.show).toHaveBeenCalledOnce();
  by = undefined;
  flushSync();
  expect(floats.hide).toHaveBeenCalledOnce();
});

test("one is marked, by the name the field points at, and a press chooses without taking the keyboard", () => {
  expect(offered().map((one) => [one.id, one.textContent?.trim(), one.getAttribute("aria-selected")])).toEqual([
    ["prices-0", "list", "false"],
    ["prices-1", "hold", "true"],
  ]);
  const press = new Event("pointerdown", { bubbles: true, cancelable: true });
  offered()[0]?.dispatchEvent(press);
  expect(chosen).toHaveBeenCalledExactlyOnceWith("list");
  expect(press.defaultPrevented).toBe(true);
});

test("with nothing to choose it says what can be written", () => {
  options = [];
  flushSync();
  expect(offered().map((one) => one.textContent?.trim())).toEqual(["Write an amount"]);
  expect(offered()[0]?.getAttribute("aria-disabled")).toBe("true");
});
