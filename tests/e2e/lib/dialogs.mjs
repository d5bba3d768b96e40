/**
 * The system's own dialogs, which WebDriver cannot reach: found and typed into as a person at the keyboard does.
 *
 * Owns the keystrokes. Must not know what a dialog is for.
 */

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { until } from "./processes.mjs";

const run = promisify(execFile);

/** The system's dialog with this title on the screen, once it is there. */
export async function openDialog(screen, title) {
  const xdotool = (...words) => run("xdotool", words, { env: { ...process.env, ...screen.env } }).then(({ stdout }) => stdout.trim());
  const found = () => xdotool("search", "--onlyvisible", "--name", `^${title}$`).catch(() => "");
  const id = await until(`the dialog “${title}”`, async () => (await found()).split("\n").at(-1) || false);
  // Without a window manager nobody else gives it the keyboard.
  const focus = () => xdotool("windowfocus", "--sync", id);
  return {
    /** Type over what its first field holds. */
    async type(text) {
      await focus();
      await xdotool("key", "ctrl+a");
      await xdotool("type", "--delay", "8", text);
    },
    async press(key) {
      await focus();
      await xdotool("key", key);
    },
    /** Until it is gone. */
    async closed() {
      await until(`“${title}” is closed`, async () => (await found()) === "");
    },
  };
}
