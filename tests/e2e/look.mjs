/**
 * Look at one view: `node look.mjs PATH OUT.png [--theme dark] [--size 1920x1080] [--home DIR] [--axe] [--run 'JS']`.
 *
 * Owns opening the window over a profile, going to a path and writing what is seen. A profile that is not there is
 * made with sample data.
 */

import { existsSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";

import { violations } from "./lib/axe.mjs";
import { openScreen } from "./lib/screen.mjs";
import { openWindow, root } from "./lib/window.mjs";

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: "string", default: "light" },
    size: { type: "string", default: "1280x800" },
    home: { type: "string", default: "/tmp/fieldquote-look" },
    wait: { type: "string", default: "900" },
    run: { type: "string" },
    axe: { type: "boolean", default: false },
  },
});
const passphrase = "a long passphrase";
if (!existsSync(`${given.home}/fieldquote.db`)) {
  execFileSync(`${root}/target/debug/fieldquote`, ["--home", given.home, "init", "--sample"], {
    env: { ...process.env, FIELDQUOTE_PASSPHRASE: passphrase },
  });
}
const screen = await openScreen();
const window = await openWindow(screen, { home: given.home, passphrase });
try {
  const [width, height] = given.size.split("x").map(Number);
  await window.size(width, height);
  await window.find("main");
  const preferences = await window.ask("preferences");
  if (preferences.theme !== given.theme) {
    await window.ask("preferences_set", { preferences: { ...preferences, theme: given.theme } });
    await window.browser.navigate().refresh();
    await window.find("main");
  }
  for (let n = 0; n < positionals.length; n += 2) {
    await window.go(positionals[n]);
    await window.browser.sleep(Number(given.wait));
    if (given.run) console.log(await window.browser.executeScript(given.run));
    await window.browser.sleep(given.run ? Number(given.wait) : 0);
    await window.picture(positionals[n + 1]);
    console.log(`${positionals[n]}: ${positionals[n + 1]}`);
    if (given.axe) {
      const wrong = await violations(window);
      console.log(wrong.length === 0 ? "axe: clean" : wrong.join("\n"));
    }
  }
} finally {
  await window.close();
  await screen.close();
}
