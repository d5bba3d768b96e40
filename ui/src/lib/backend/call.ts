// One question to the shell and its answer, with refusals as one kind of error.

import { invoke, isTauri } from "@tauri-apps/api/core";
import type { Commands } from "../gen/api";

export type CommandName = keyof Commands;
export type Args<K extends CommandName> = Commands[K]["args"];
export type Answer<K extends CommandName> = Commands[K]["answer"];

/** What went wrong, in words for a person; `code` is for deciding what to offer. */
export class BackendError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = "BackendError";
  }

  /** Whatever was thrown, as a `BackendError`. */
  static from(thrown: unknown): BackendError {
    if (thrown instanceof BackendError) return thrown;
    if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
      const { code, message, hint } = thrown as { code?: unknown; message: unknown; hint?: unknown };
      return new BackendError(
        typeof code === "string" ? code : "unexpected",
        String(message),
        typeof hint === "string" ? hint : "",
      );
    }
    return new BackendError("unexpected", String(thrown), "");
  }
}

/** Asks the shell; rejects with `BackendError`, and then nothing has changed. */
export async function call<K extends CommandName>(command: K, args: Args<K>): Promise<Answer<K>> {
  if (!isTauri()) {
    throw new BackendError(
      "no_shell",
      "This page is open outside FieldQuote",
      "Start the FieldQuote application; a browser cannot reach your quotes.",
    );
  }
  try {
    return await invoke<Answer<K>>("call", { command, args });
  } catch (thrown) {
    throw BackendError.from(thrown);
  }
}
