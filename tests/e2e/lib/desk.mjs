/**
 * A desk of the sample market with work on it, made at the command line beside the window.
 *
 * Owns its passphrase and the few things one says to fill it. Must not be used for what a scenario is about: that
 * is done in the window.
 */

import { runOver } from "./cli.mjs";

export const PASSPHRASE = "a long passphrase";

/** A desk of Mike's in this folder, with the sample market. */
export async function sampleDesk(home) {
  const desk = new Desk(home);
  await desk.run("init", "--sample");
  return desk;
}

class Desk {
  constructor(home) {
    this.home = home;
  }

  /** Run a command, as somebody else where `as` is given; what it answers. */
  run(...words) {
    return runOver(this.home, PASSPHRASE, words);
  }

  /** A draft of what is said, with further messages; its id. */
  async draft(message, { as = "Mike", then = [] } = {}) {
    const { draft_id } = await this.run("--as", as, "chat", message);
    for (const next of then) await this.run("--as", as, "chat", next, "--draft", draft_id);
    return draft_id;
  }

  /** Submit a draft of what is said; its quote and the action that waits. */
  async submitted(message, options = {}) {
    const draft_id = await this.draft(message, options);
    const submitted = await this.run("--as", options.as ?? "Mike", "draft", "submit", draft_id);
    return { draft_id, ...submitted };
  }

  /** Approve an action and the gates behind it, up to the email's. */
  async released(action_id) {
    const { next_action } = await this.run("action", "approve", action_id);
    return this.run("action", "approve", next_action);
  }
}
