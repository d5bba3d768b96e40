/**
 * Every view can be used by everyone: axe-core finds nothing, in light and in dark.
 *
 * A busy desk is walked through view by view; so are the way in and the locked desk.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violations } from "../lib/axe.mjs";
import { busyDesk } from "../lib/busy_desk.mjs";
import { PASSPHRASE } from "../lib/desk.mjs";
import { emptyFolder } from "../lib/home.mjs";
import { openScreen } from "../lib/screen.mjs";
import { dress, dressAsSystem } from "../lib/theme.mjs";
import { LOCKED, see, viewsOf, WAY_IN } from "../lib/views.mjs";
import { openWindow } from "../lib/window.mjs";

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

/** A window over a home, for as long as `look` takes. */
async function over(home, passphrase, look) {
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

for (const theme of ["light", "dark"]) {
  test(`every view of an open desk, ${theme}`, { timeout: 120_000 }, () =>
    over(folders.busy.path, PASSPHRASE, async (window) => {
      await window.find("main");
      await dress(window, theme);
      assert.deepEqual(await wrongIn(window, viewsOf(desk), theme), []);
    }));

  test(`the way in and the locked desk, ${theme}`, { timeout: 60_000 }, async () => {
    for (const [folder, views] of [[folders.empty, WAY_IN], [folders.busy, LOCKED]]) {
      await over(folder.path, undefined, async (window) => {
        await dressAsSystem(window, theme);
        assert.deepEqual(await wrongIn(window, views, theme), []);
      });
    }
  });
}
