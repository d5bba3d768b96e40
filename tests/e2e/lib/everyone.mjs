/**
 * Every view can be used by everyone: axe-core finds nothing in any of them.
 *
 * Owns walking a busy desk view by view, the way in and the locked desk, in one theme. Must not leave a view out.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violations } from "./axe.mjs";
import { busyDesk } from "./busy_desk.mjs";
import { PASSPHRASE } from "./desk.mjs";
import { emptyFolder } from "./home.mjs";
import { openScreen } from "./screen.mjs";
import { dress, dressAsSystem } from "./theme.mjs";
import { LOCKED, see, viewsOf, WAY_IN } from "./views.mjs";
import { openWindow } from "./window.mjs";

/** A window over a home, for as long as `look` takes. */
async function over(screen, home, passphrase, look) {
  const window = await openWindow(screen, { home, env: { FIELDQUOTE_PASSPHRASE: passphrase } });
  try {
    await window.size(1280, 800);
    return await look(window);
  } finally {
    await window.close();
  }
}

/** What is wrong in these views, or why one could not be seen. */
async function wrongIn(window, views, theme) {
  const wrong = [];
  for (const view of views) {
    await see(window, view);
    for (const found of await violations(window)) wrong.push(`${view.name}, ${theme}: ${found}`);
    await view.after?.(window);
  }
  return wrong;
}

/** The tests of all views in this theme. */
export function everyViewIn(theme) {
  const folders = { busy: emptyFolder(), empty: emptyFolder() };
  let screen;
  let desk;

  before(async () => {
    screen = await openScreen();
    desk = await busyDesk(folders.busy.path);
  });

  after(async () => {
    await screen?.close();
    for (const folder of Object.values(folders)) folder.close();
  });

  test(`every view of an open desk, ${theme}`, { timeout: 120_000 }, () =>
    over(screen, folders.busy.path, PASSPHRASE, async (window) => {
      await window.find("main");
      await dress(window, theme);
      assert.deepEqual(await wrongIn(window, viewsOf(desk), theme), []);
    }));

  test(`the way in and the locked desk, ${theme}`, { timeout: 60_000 }, async () => {
    for (const [folder, views] of [[folders.empty, WAY_IN], [folders.busy, LOCKED]]) {
      await over(screen, folder.path, undefined, async (window) => {
        await dressAsSystem(window, theme);
        assert.deepEqual(await wrongIn(window, views, theme), []);
      });
    }
  });
}
