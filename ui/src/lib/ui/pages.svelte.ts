// The rows of a long list that are at hand, a page at a time. Asks for what is in sight, drops what is overtaken
// or long out of sight.

import { BackendError } from "../backend";
import { pages } from "./window";

export type Source<T> = (offset: number, limit: number) => Promise<{ rows: T[]; total: number }>;

const SIZE = 100;
const KEPT = 30;

export class Pages<T> {
  #source: Source<T>;
  #held = $state.raw<ReadonlyMap<number, readonly T[]>>(new Map());
  #asked = new Set<number>();
  #generation = 0;
  /** How many rows there are; null until the first answer. */
  total = $state<number | null>(null);
  error = $state.raw<BackendError | undefined>();

  constructor(source: Source<T>) {
    this.#source = source;
  }

  row(index: number): T | undefined {
    return this.#held.get(Math.floor(index / SIZE))?.[index % SIZE];
  }

  /** Makes sure that rows `first` to `first + count` are at hand or on their way. */
  want(first: number, count: number): void {
    for (const page of pages(first, count, SIZE)) {
      if (!this.#held.has(page) && !this.#asked.has(page)) void this.#fetch(page);
    }
  }

  /** Another list: what was shown goes once the new one's first page is here, so nothing flickers. */
  restart(source: Source<T>): void {
    this.#source = source;
    this.#generation += 1;
    this.#asked.clear();
    void this.#fetch(0, true);
  }

  /** The same list, maybe with changes: pages in sight are asked for again and replaced as they come. */
  refresh(first: number, count: number): void {
    this.#generation += 1;
    this.#asked.clear();
    const seen = new Set(pages(first, count, SIZE));
    this.#held = new Map([...this.#held].filter(([page]) => seen.has(page)));
    for (const page of seen.size > 0 ? seen : [0]) void this.#fetch(page);
  }

  async #fetch(page: number, alone = false): Promise<void> {
    const generation = this.#generation;
    this.#asked.add(page);
    try {
      const answer = await this.#source(page * SIZE, SIZE);
      if (generation !== this.#generation) return;
      const held = new Map(alone ? [] : this.#held);
      held.delete(page);
      held.set(page, answer.rows);
      for (const old of held.keys()) {
        if (held.size <= KEPT) break;
        held.delete(old);
      }
      this.#held = held;
      this.total = answer.total;
      this.error = undefined;
    } catch (thrown) {
      if (generation === this.#generation) this.error = BackendError.from(thrown);
    } finally {
      if (generation === this.#generation) this.#asked.delete(page);
    }
  }
}
