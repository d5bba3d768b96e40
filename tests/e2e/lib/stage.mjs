/**
 * What a scenario between a desk and a central plays on: an office, a screen, and one window at a time.
 *
 * Owns opening them over a folder of their own, and ending whatever is open. Must not know who sits at the window.
 */

import { join } from "node:path";

import { emptyFolder } from "./home.mjs";
import { openOffice } from "./office.mjs";
import { openScreen } from "./screen.mjs";
import { openWindow } from "./window.mjs";

/** An office and a screen, in a folder that goes with them. */
export async function openStage() {
  const folder = emptyFolder();
  const home = (name) => join(folder.path, name);
  const [office, screen] = await Promise.all([openOffice(home("office")), openScreen()]);
  let window;
  return {
    office,
    /** Where the profile of this name is. */
    home,
    /** Open the window over the profile of this name. The one before it was closed in the story. */
    async openWindow(name) {
      window = await openWindow(screen, { home: home(name) });
      await window.size(1280, 800);
      return window;
    },
    async close() {
      await window?.close();
      await screen.close();
      await office.close();
      folder.close();
    },
  };
}
