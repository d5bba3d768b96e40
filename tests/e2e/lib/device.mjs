/**
 * Another device: a profile of its own, worked at the command line.
 *
 * Owns signing in, bringing up and down, and saying what is to be quoted. Must not know the window.
 */

import { runOver } from "./cli.mjs";

/** A new device of a person, with nothing or with the sample market on it. */
export async function openDevice(home, person, { sample = false } = {}) {
  const device = new Device(home);
  await device.run("init", "--as", person, ...(sample ? ["--sample"] : []));
  return device;
}

/** A new device of a person, signed in at the central and current. */
export async function joinDevice(home, office, person) {
  const device = await openDevice(home, person);
  await device.connect(office, person);
  return device;
}

class Device {
  constructor(home) {
    this.home = home;
    this.passphrase = "another passphrase";
  }

  /** Run a command; what it answers. */
  run(...words) {
    return runOver(this.home, this.passphrase, words);
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

  /** Begin a draft by saying what is wanted, and bring it up; its id. */
  async beginDraft(message) {
    const { draft_id } = await this.chat(message);
    await this.sync();
    return draft_id;
  }
}
