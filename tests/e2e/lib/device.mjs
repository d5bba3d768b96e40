/**
 * Another device: a profile of its own, worked at the command line.
 *
 * Owns running the command line over it and reading what it answers. Must not know the window.
 */

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { root } from "./window.mjs";

const run = promisify(execFile);
const binary = process.env.FIELDQUOTE_CLI ?? `${root}/target/debug/fieldquote`;

/** A new device of a person, with nothing or with the sample market on it. */
export async function openDevice(home, person, { sample = false } = {}) {
  const device = new Device(home);
  await device.run("init", "--as", person, ...(sample ? ["--sample"] : []));
  return device;
}

class Device {
  constructor(home) {
    this.home = home;
    this.passphrase = "another passphrase";
  }

  /** Run a command; what it answers. */
  async run(...words) {
    const { stdout } = await run(binary, ["--home", this.home, "--json", ...words], {
      env: { ...process.env, FIELDQUOTE_PASSPHRASE: this.passphrase },
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(stdout);
  }

  /** Sign in at the central and bring everything over. */
  async connect(office, person) {
    await this.run("sync", "connect", "--url", office.url, "--code", await office.code(person), "--device-name", `${person}’s other device`);
    await this.sync();
  }

  /** Bring everything up and down once. */
  sync() {
    return this.run("sync", "once");
  }

  /** Say what is to be quoted, or go on with a draft. */
  chat(message, draft) {
    return this.run("chat", message, ...(draft ? ["--draft", draft] : []));
  }
}
