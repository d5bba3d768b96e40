/**
 * The command line over a profile.
 *
 * Owns running it and reading what it answers. Must not know what is asked.
 */

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { root } from "./window.mjs";

const run = promisify(execFile);
const binary = process.env.FIELDQUOTE_CLI ?? `${root}/target/debug/fieldquote`;

/** Run a command over the profile in `home`; what it answers. */
export async function runOver(home, passphrase, words) {
  const { stdout } = await run(binary, ["--home", home, "--json", ...words], {
    env: { ...process.env, FIELDQUOTE_PASSPHRASE: passphrase },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}
