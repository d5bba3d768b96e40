/**
 * A scenario as a story: steps one after the other, and a picture of where it broke off.
 *
 * Owns naming the step that failed and keeping what was on the screen. Must not hide a failure.
 */

import { tmpdir } from "node:os";
import { join } from "node:path";

/** Steps of a test; `seen` gives the window that is open, for the picture. */
export function story(t, seen) {
  return async function step(name, act) {
    const begun = Date.now();
    try {
      await act();
      t.diagnostic(`${name} (${Date.now() - begun} ms)`);
    } catch (error) {
      const picture = join(tmpdir(), "fieldquote-e2e-failed", `${t.name} - ${name}.png`.replaceAll(/[^\w.-]+/g, "_"));
      const kept = await seen()?.picture(picture).then(() => `\nOn the screen: ${picture}`, () => "") ?? "";
      throw new Error(`${name}: ${error.message}${kept}`, { cause: error });
    }
  };
}
