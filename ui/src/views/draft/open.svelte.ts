// One draft while it is on the screen: its state, and everything that is done to it, one thing after the other.
// Rust owns the draft; each answer replaces what is held here. What was refused is kept beside its cause.

import { BackendError, call } from "../../lib/backend";
import type { Answer, ConflictField, DraftEdit, DraftShown, Submitted } from "../../lib/gen/api";
import { toast } from "../../lib/toasts.svelte";
import { touchedLines } from "./lines/lineEdits";

/** Where something was asked for, and so where its refusal is shown. */
export type Cause = "chat" | "heading" | "lines" | "foot";
export type Refused = { error: BackendError; cause: Cause };

type Held = { make: () => void; drop: () => void };

export class OpenDraft {
  readonly id: string;
  /** How it stands; undefined until the first answer. */
  shown = $state.raw<DraftShown | undefined>();
  refused = $state.raw<Refused | undefined>();
  /** A message on its way to being answered. */
  saying = $state<string | null>(null);
  /** Something waits for its answer. */
  busy = $state(false);
  /** Lines the last message made or changed. */
  touched = $state.raw<ReadonlySet<string>>(new Set());
  /** A change that waits for leave, since it withdraws what waits for approval. */
  held = $state.raw<Held | null>(null);
  #call: typeof call;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(id: string, ask: typeof call = call) {
    this.id = id;
    this.#call = ask;
  }

  get #task(): string {
    return `chat ${this.id}`;
  }

  get open(): boolean {
    return this.shown !== undefined && this.shown.status !== "closed";
  }

  /** Takes over a state that was asked for elsewhere, unless a newer one is held. */
  take(next: DraftShown): void {
    if (this.shown === undefined || next.updated_at >= this.shown.updated_at) this.shown = next;
  }

  /** Changes the draft by hand. False when it was refused, or leave for it was not given. */
  edit(edits: DraftEdit[], cause: Cause = "lines"): Promise<boolean> {
    if (edits.length === 0) return Promise.resolve(true);
    return this.#change(async () => {
      const answer = await this.#then(cause, () => this.#call("draft_edit", { draft_id: this.id, edits }));
      return this.#took(answer);
    });
  }

  /** Says something. False when it was refused: then nothing was changed and it can be said again. */
  say(message: string): Promise<boolean> {
    const task = this.#task;
    return this.#change(() => this.#converse(message, () => this.#call("chat", { draft_id: this.id, message, task })));
  }

  /** Stops waiting for an assistant; what the chat understood by itself stands. */
  stopAsking(): void {
    void this.#call("task_cancel", { task: this.#task }).catch(() => undefined);
  }

  /** Picks a choice of an open question. */
  pick(number: number): Promise<boolean> {
    const choice = this.shown?.questions.flatMap((question) => question.choices).find((one) => one.number === number);
    if (!choice) return Promise.resolve(false);
    const said = [choice.label, choice.detail].filter(Boolean).join(" ");
    return this.#change(() => this.#converse(said, () => this.#call("draft_answer", { draft_id: this.id, number })));
  }

  /** Puts what came close in the place of what was taken; all three are places, counted from nought. */
  instead(message: number, understood: number, alternative: number, label: string): Promise<boolean> {
    const args = { draft_id: this.id, message, understood, alternative };
    return this.#change(() => this.#converse(label, () => this.#call("draft_instead", args)));
  }

  /** Chooses which of several values holds. */
  resolve(field: ConflictField, line_id: string | null, value: string): Promise<boolean> {
    return this.#change(async () => {
      const answer = await this.#then("lines", () => this.#call("draft_resolve", { draft_id: this.id, field, line_id, value }));
      return this.#took(answer);
    });
  }

  undo(): Promise<boolean> {
    const label = this.shown?.undo_label;
    if (!this.shown?.can_undo) return Promise.resolve(false);
    return this.#change(async () => {
      const answer = await this.#then("lines", () => this.#call("draft_undo", { draft_id: this.id }));
      if (answer) toast(label ? `Undone: ${label}` : "Undone");
      return this.#took(answer);
    });
  }

  redo(): Promise<boolean> {
    const label = this.shown?.redo_label;
    if (!this.shown?.can_redo) return Promise.resolve(false);
    return this.#change(async () => {
      const answer = await this.#then("lines", () => this.#call("draft_redo", { draft_id: this.id }));
      if (answer) toast(label ? `Done again: ${label}` : "Done again");
      return this.#took(answer);
    });
  }

  /** Throws it away, or brings it back. */
  discard(is: boolean): Promise<boolean> {
    return this.#change(async () => {
      const answer = await this.#then("heading", () => this.#call(is ? "draft_discard" : "draft_retrieve", { draft_id: this.id }));
      return this.#took(answer);
    });
  }

  /** Hands it in for approval; null when that was refused. */
  submit(): Promise<Submitted | null> {
    return this.#then("foot", () => this.#call("draft_submit", { draft_id: this.id }));
  }

  /** Leave was given: the change that waited is made. */
  goAhead(): void {
    const held = this.held;
    this.held = null;
    held?.make();
  }

  /** Leave was not given: the change that waited is dropped. */
  letBe(): void {
    const held = this.held;
    this.held = null;
    held?.drop();
  }

  /** The refusal was seen to. */
  clear(): void {
    this.refused = undefined;
  }

  async #converse(message: string, ask: () => Promise<Answer>): Promise<boolean> {
    this.saying = message;
    const before = this.shown?.lines ?? [];
    const answer = await this.#then("chat", ask);
    this.saying = null;
    if (answer) this.touched = touchedLines(before, answer.lines);
    return this.#took(answer);
  }

  #took(answer: DraftShown | null): boolean {
    if (answer) this.shown = answer;
    return answer !== null;
  }

  #change(act: () => Promise<boolean>): Promise<boolean> {
    if (this.shown?.status === "closed") return Promise.resolve(false);
    if (this.shown?.status !== "submitted") return act();
    this.letBe();
    return new Promise((resolve) => {
      this.held = { make: () => resolve(act()), drop: () => resolve(false) };
    });
  }

  #then<T>(cause: Cause, act: () => Promise<T>): Promise<T | null> {
    this.#waiting += 1;
    this.busy = true;
    const next = this.#last.then(async () => {
      try {
        const answer = await act();
        this.refused = undefined;
        return answer;
      } catch (thrown) {
        this.refused = { error: BackendError.from(thrown), cause };
        return null;
      } finally {
        this.#waiting -= 1;
        this.busy = this.#waiting > 0;
      }
    });
    this.#last = next;
    return next;
  }
}
