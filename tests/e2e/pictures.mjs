/**
 * Pictures of every view: `node pictures.mjs OUTDIR [--only NAME] [--theme dark] [--size 1280x800]`.
 *
 * Owns walking through the views of a busy desk, light and dark, small and large, and writing view-theme-size.png.
 */

import { parseArgs } from "node:util";
import { join } from "node:path";

import { busyDesk } from "./lib/busy_desk.mjs";
import { PASSPHRASE } from "./lib/desk.mjs";
import { emptyFolder } from "./lib/home.mjs";
import { openScreen } from "./lib/screen.mjs";
import { dress, dressAsSystem } from "./lib/theme.mjs";
import { LOCKED, see, viewsOf, WAY_IN } from "./lib/views.mjs";
import { openWindow } from "./lib/window.mjs";

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", multiple: true },
    theme: { type: "string", multiple: true, default: ["light", "dark"] },
    size: { type: "string", multiple: true, default: ["1280x800", "1920x1080"] },
  },
});
const [out] = positionals;
if (out === undefined) {
  console.error("Say where the pictures go: node pictures.mjs OUTDIR");
  process.exit(2);
}

const wanted = (views) => (given.only ? views.filter(({ name }) => given.only.includes(name)) : views);
const resize = (window, size) => window.size(...size.split("x").map(Number));
let missed = 0;

/** A view in one size, as the window is dressed now. */
async function take(window, view, theme, size) {
  try {
    await see(window, view);
    await window.picture(join(out, `${view.name}-${theme}-${size}.png`));
  } catch (error) {
    missed += 1;
    console.error(`${view.name}, ${theme}, ${size}: ${error.message}`);
  } finally {
    await view.after?.(window);
  }
}

const folders = [emptyFolder(), emptyFolder()];
const [busy, empty] = folders.map(({ path }) => path);
const screen = await openScreen();

/** A window over a home, for as long as `look` takes. */
async function over(home, passphrase, look) {
  const window = await openWindow(screen, { home, env: { FIELDQUOTE_PASSPHRASE: passphrase } });
  try {
    await look(window);
  } finally {
    await window.close();
  }
}

try {
  const desk = await busyDesk(busy);
  const views = wanted(viewsOf(desk));
  if (views.length > 0) {
    await over(busy, PASSPHRASE, async (window) => {
      await window.find("main");
      for (const theme of given.theme) {
        await dress(window, theme);
        for (const size of given.size) {
          await resize(window, size);
          for (const view of views) await take(window, view, theme, size);
        }
      }
    });
  }
  for (const [home, ways] of [[busy, LOCKED], [empty, WAY_IN]]) {
    const turns = wanted(ways).length > 0 ? given.theme.flatMap((theme) => given.size.map((size) => [theme, size])) : [];
    for (const [theme, size] of turns) {
      await over(home, undefined, async (window) => {
        await resize(window, size);
        await dressAsSystem(window, theme);
        for (const view of ways) await take(window, view, theme, size);
      });
    }
  }
} finally {
  await screen.close();
  for (const folder of folders) folder.close();
}
if (missed > 0) process.exit(1);
