/**
 * Going about the window by its keys, and knowing where one is.
 *
 * Owns the keys that lead to a place and what the address says. Must not press anything on a page.
 */

import { Key } from "./window.mjs";
import { until } from "./processes.mjs";

const PLACES = { d: "/draft", a: "/approvals", q: "/quotes", c: "/customers", i: "/catalog", r: "/runs", s: "/sync", ",": "/settings" };

/** Where the window is, such as `/quotes/Q-2627-A-0001`. */
export async function address(window) {
  return (await window.browser.executeScript("return location.hash")).replace(/^#/, "");
}

/** The address once it fits; what the expression's first group holds, if it has one. */
export async function arrival(window, pattern, { within = 15_000 } = {}) {
  const fit = await until(`an address like ${pattern}`, async () => pattern.exec(await address(window)), { within });
  return fit[1] ?? fit[0];
}

/** Leave a field that has the keyboard, as Esc does, so that keys are keys again. */
export async function leaveField(window) {
  const typing = "return document.activeElement?.matches('input, textarea, select') ?? false";
  if (await window.browser.executeScript(typing)) await window.press(Key.ESCAPE);
}

/** Walk to a place by its keys: `walk(window, "a")` is `g` and then `a`. */
export async function walk(window, letter) {
  // The second stroke may come too late on a busy machine; then a person tries again.
  await until(`the way to ${PLACES[letter]}`, async () => {
    await leaveField(window);
    await window.press("g", letter);
    return until("the place", async () => (await address(window)).startsWith(PLACES[letter]), { within: 1_000 }).catch(() => false);
  });
}
