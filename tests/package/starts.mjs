/**
 * The installed window over a folder with nothing in it: it opens on its first screen, makes a sample profile and
 * shows a view.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

import { openScreen } from "../e2e/lib/screen.mjs";
import { openWindow } from "../e2e/lib/window.mjs";

const home = mkdtempSync(`${tmpdir()}/fieldquote-package-`);
const screen = await openScreen();
let window;
try {
  window = await openWindow(screen, { home: `${home}/profile` });
  await window.find("main");
  const made = await window.ask("profile_create", { user: "Mike", sample: true, passphrase: null });
  const overview = await window.ask("overview");
  if (!made.recovery_key || overview.approvals_pending !== 0) throw new Error(JSON.stringify({ made, overview }));
  console.log(`The window of ${process.env.FIELDQUOTE_WINDOW} opens, and has made a sample profile.`);
} finally {
  await window?.close();
  await screen.close();
  rmSync(home, { recursive: true, force: true });
}
