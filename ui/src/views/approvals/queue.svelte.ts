// The queue as a person works through it: its order, what is marked, what came meanwhile, what was decided here.
// Owns no selection: that is the address.

import type { ActionListed } from "../../lib/gen/api";
import { fits, sorted, type SortBy } from "./order";
import { following, settle } from "./settle";

export type QueueRow = {
  action: ActionListed;
  waits: boolean;
  /** For what waits no longer: what became of it, as a state's word. */
  became: string | null;
};

/** What became of an action by this window's own hand; null leaves the list without a trace. */
type Closed = string | null;

// Kept while the window is open, so that the queue is found as it was left.
let lastSort: SortBy = "age";

export class Queue {
  #order = $state.raw<readonly string[]>([]);
  #waiting = $state.raw<ReadonlySet<string>>(new Set());
  #known = $state.raw<ReadonlyMap<string, ActionListed>>(new Map());
  #closed = $state.raw<ReadonlyMap<string, Closed>>(new Map());
  #marked = $state.raw<ReadonlySet<string>>(new Set());
  #sort = $state<SortBy>(lastSort);
  #instead = new Map<string, string>();

  arrivals = $state.raw<readonly string[]>([]);
  text = $state("");

  readonly all = $derived(
    this.#order.flatMap((id): QueueRow[] => {
      const action = this.#known.get(id);
      const waits = this.waits(id);
      if (!action || (!waits && this.#closed.get(id) === null)) return [];
      return [{ action, waits, became: waits ? null : (this.#closed.get(id) ?? "changed") }];
    }),
  );
  readonly rows = $derived(this.text.trim() === "" ? this.all : this.all.filter((row) => fits(row.action, this.text.trim())));
  readonly count = $derived(this.#waiting.size - [...this.#waiting].filter((id) => this.#closed.has(id)).length);
  readonly marked = $derived(this.all.filter((row) => row.waits && this.#marked.has(row.action.action_id)).map((row) => row.action));

  get sort(): SortBy {
    return this.#sort;
  }

  set sort(next: SortBy) {
    this.#sort = next;
    lastSort = next;
    this.refresh();
  }

  waits(id: string): boolean {
    return this.#waiting.has(id) && !this.#closed.has(id);
  }

  isMarked(id: string): boolean {
    return this.#marked.has(id) && this.waits(id);
  }

  /** Takes in what waits now. */
  take(fresh: readonly ActionListed[]): void {
    this.#known = new Map([...this.#known, ...fresh.map((row) => [row.action_id, row] as const)]);
    this.#waiting = new Set(fresh.map((row) => row.action_id));
    const waiting = fresh.filter((row) => !this.#closed.has(row.action_id));
    const settled = settle(this.#order, sorted(waiting, this.#sort).map((row) => row.action_id), this.#instead);
    this.#order = settled.order;
    this.arrivals = settled.arrivals;
  }

  /** Sorts anew, with what came, without what is gone. */
  refresh(): void {
    const waiting = [...this.#waiting].filter((id) => !this.#closed.has(id)).flatMap((id) => this.#known.get(id) ?? []);
    this.#order = sorted(waiting, this.#sort).map((row) => row.action_id);
    this.arrivals = [];
  }

  /** Notes that this window decided `id`; `next` is what a person must decide in its place. */
  close(id: string, became: Closed, next: string | null = null): void {
    this.#closed = new Map([...this.#closed, [id, became]]);
    if (next === null) return;
    this.#instead.set(next, id);
    // It may have come before it was known whose place it takes.
    this.take([...this.#waiting].flatMap((waiting) => this.#known.get(waiting) ?? []));
  }

  /** What to look at after `id`, among what the filter leaves. */
  after(id: string): string | null {
    return following(this.rows.map((row) => row.action.action_id), id, (other) => this.waits(other));
  }

  /** Marks or unmarks for approving together; false when the row has flags and must be decided by itself. */
  mark(id: string): boolean {
    const row = this.#known.get(id);
    if (!row || !this.waits(id) || row.flag_count > 0) return false;
    const marked = new Set(this.#marked);
    if (!marked.delete(id)) marked.add(id);
    this.#marked = marked;
    return true;
  }

  /** Marks every row in sight without flags; unmarks when all are. */
  markAll(): void {
    const free = this.rows.filter((row) => row.waits && row.action.flag_count === 0).map((row) => row.action.action_id);
    this.#marked = free.every((id) => this.#marked.has(id)) ? new Set() : new Set(free);
  }

  clearMarks(): void {
    this.#marked = new Set();
  }
}
