// How this person likes the window. Kept by the shell; put on the document's root for the tokens to follow.

import { call } from "./backend";
import type { Preferences } from "./gen/api";

let current = $state.raw<Preferences>({ theme: "system", density: "comfortable" });

function wear(next: Preferences): void {
  current = next;
  const root = document.documentElement;
  if (next.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = next.theme;
  root.dataset.density = next.density;
}

export const preferences = {
  get current() {
    return current;
  },
  /** Reads what was kept. */
  async load(): Promise<void> {
    wear(await call("preferences", {}));
  },
  /** Keeps a change; it shows at once and goes back if it could not be kept. */
  async set(change: Partial<Preferences>): Promise<void> {
    const before = current;
    wear({ ...current, ...change });
    try {
      await call("preferences_set", { preferences: current });
    } catch (thrown) {
      wear(before);
      throw thrown;
    }
  },
};
