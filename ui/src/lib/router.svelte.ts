// Where the window is. The address lives in the hash, so back and forward are the browser's own.
// Also remembers, by address, what a page wants to find again when it is come back to.

import { HOME, parent, parse, type Route } from "./routes";

export { to, type Route, type RouteName, type ViewName } from "./routes";

let current = $state.raw<Route>(parse(location.hash || HOME));
/** How many pages of this window lie behind this one. */
let depth = typeof history.state?.depth === "number" ? (history.state.depth as number) : 0;
const memory = new Map<string, unknown>();

function arrive(): void {
  depth = typeof history.state?.depth === "number" ? (history.state.depth as number) : depth;
  current = parse(location.hash || HOME);
}

addEventListener("popstate", arrive);
addEventListener("hashchange", arrive);

export const router = {
  /** What is shown. */
  get route(): Route {
    return current;
  },

  /** Goes to an address, made by `to`. */
  go(address: string): void {
    if (`#${address}` === location.hash) return;
    leave();
    depth += 1;
    history.pushState({ depth }, "", `#${address}`);
    current = parse(address);
  },

  /** Changes the address without a step to come back to: a selection, a filter. */
  replace(address: string): void {
    history.replaceState({ depth }, "", `#${address}`);
    current = parse(address);
  },

  /** Back to where one came from, or up to the list. False when there is nowhere to go. */
  back(): boolean {
    const up = parent(current);
    leave();
    if (depth > 0) history.back();
    else if (up) router.replace(up);
    else return false;
    return true;
  },
};

/** A value kept for this address and name, as long as the window is open. */
export function remembered<T>(name: string, initial: T): { value: T } {
  const key = `${current.path} ${name}`;
  return {
    get value() {
      return memory.has(key) ? (memory.get(key) as T) : initial;
    },
    set value(next) {
      memory.set(key, next);
    },
  };
}

/** Notes what had the focus, by the nearest `data-focus` name. */
function leave(): void {
  const named = document.activeElement?.closest<HTMLElement>("[data-focus]");
  if (named?.dataset.focus) memory.set(`${current.path} focus`, named.dataset.focus);
}

/** Gives the focus back to what had it on this page; else to the page's main part. */
export function returnFocus(): void {
  const name = memory.get(`${current.path} focus`);
  const named = [...document.querySelectorAll<HTMLElement>("[data-focus]")].find(
    (element) => element.dataset.focus === name,
  );
  (named ?? document.querySelector<HTMLElement>("[data-autofocus]"))?.focus({ preventScroll: named !== undefined });
}
