// Deciding: asks the shell, closes the row, goes on to the next, says what came of it. What was refused is kept
// beside its cause.

import { action } from "../../../lib/query.svelte";
import { toast } from "../../../lib/toasts.svelte";
import { to } from "../../../lib/router.svelte";
import type { BackendError } from "../../../lib/backend";
import type { ActionListed, ActionShown, Decided, DraftEdit } from "../../../lib/gen/api";
import type { Queue } from "../queue.svelte";
import { nameOf } from "../words";
import { approved, released, type Said } from "./outcome";

/** A refusal that means the thing itself is no longer what was looked at. */
const CHANGED = new Set(["action_changed", "not_pending"]);

export class Decisions {
  #approve = action("action_approve");
  #release = action("action_release");
  #reject = action("action_reject");
  #lines = action("action_edit_lines");
  #email = action("action_edit_email");
  #queue: Queue;
  #select: (id: string | null) => void;

  /** The action that changed while it was looked at, and how that was said. */
  changed = $state.raw<{ id: string; error: BackendError } | null>(null);
  /** Any other refusal. */
  refused = $state.raw<{ id: string; error: BackendError } | null>(null);
  /** The gate at which approving and releasing stopped. */
  stoppedAt = $state.raw<string | null>(null);

  constructor(queue: Queue, select: (id: string | null) => void) {
    this.#queue = queue;
    this.#select = select;
  }

  get busy(): boolean {
    return [this.#approve, this.#release, this.#reject, this.#lines, this.#email].some((one) => one.busy);
  }

  forget(): void {
    this.changed = null;
    this.refused = null;
  }

  async approve(shown: ActionShown, note: string): Promise<boolean> {
    const decided = await this.#ask(shown, this.#approve, {
      action_id: shown.action_id,
      payload_hash: shown.payload_hash,
      note: note.trim() || null,
    });
    if (!decided) return false;
    this.#goOn(shown, decided, approved(shown, decided));
    return true;
  }

  /** One gesture for a quote and its release, when the release is still exactly what was shown. */
  async release(shown: ActionShown, note: string): Promise<boolean> {
    if (shown.shows.kind !== "quote_draft" || shown.shows.gate === null) return false;
    const { run_id, payload_hash } = shown.shows.gate;
    const decided = await this.#ask(shown, this.#release, {
      action_id: shown.action_id,
      payload_hash: shown.payload_hash,
      preview_run_id: run_id,
      preview_hash: payload_hash,
      note: note.trim() || null,
    });
    if (!decided) return false;
    const stopped = !decided.released && decided.next_action !== null;
    this.#goOn(shown, decided, released(shown, decided), stopped ? decided.next_action : undefined);
    if (stopped) this.stoppedAt = decided.next_action;
    return true;
  }

  async reject(shown: ActionShown, reason: string): Promise<boolean> {
    const decided = await this.#ask(shown, this.#reject, { action_id: shown.action_id, reason: reason.trim() });
    if (!decided) return false;
    this.#goOn(shown, decided, { message: `${nameOf(shown)}: rejected; nothing was released`, tone: "neutral" });
    return true;
  }

  async editLines(shown: ActionShown, edits: DraftEdit[]): Promise<boolean> {
    const submitted = await this.#ask(shown, this.#lines, { action_id: shown.action_id, edits });
    if (!submitted) return false;
    this.#replaced(shown, submitted.action_id);
    return true;
  }

  async editEmail(shown: ActionShown, email: { to: string; subject: string; body: string }): Promise<boolean> {
    const edited = await this.#ask(shown, this.#email, { action_id: shown.action_id, ...email });
    if (!edited) return false;
    this.#replaced(shown, edited.action_id);
    return true;
  }

  async #ask<A, R>(row: ActionListed, act: { run(args: A): Promise<R | null>; error: BackendError | undefined }, args: A): Promise<R | null> {
    if (this.busy) return null;
    this.forget();
    const answer = await act.run(args);
    if (answer === null && act.error) {
      const kept = { id: row.action_id, error: act.error };
      if (CHANGED.has(act.error.code)) this.changed = kept;
      else this.refused = kept;
    }
    return answer;
  }

  /** Off to the next that waits; `instead` when there is a reason to look at something else. */
  #goOn(row: ActionListed, decided: Decided, said: Said, instead?: string | null): void {
    const next = instead ?? this.#queue.after(row.action_id);
    this.#queue.close(row.action_id, null, decided.next_action);
    this.stoppedAt = null;
    this.#select(next);
    toast(said.message, {
      tone: said.tone,
      link: decided.run_id === null ? undefined : { label: "See the run", address: to("runs", decided.run_id) },
    });
  }

  #replaced(row: ActionListed, by: string): void {
    if (by === row.action_id) {
      toast("Nothing was different; it waits as it was");
      return;
    }
    this.#queue.close(row.action_id, "voided", by);
    this.#select(by);
    toast(`${nameOf(row)}: changed. What was shown before is voided`, {
      link: { label: "See what was", address: to("approvals", row.action_id) },
    });
  }
}
