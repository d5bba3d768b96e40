// Questions whose answers stay current while they are on the screen, and acts that change something.
// Rust owns the truth; this holds copies of it and asks again when told that something changed.

import { call, BackendError, type Answer, type Args, type CommandName } from "./backend";
import { onChanged } from "./changed";

export type Query<T> = {
  /** The last answer; kept while the next one is on its way, so nothing jumps. */
  readonly data: T | undefined;
  readonly error: BackendError | undefined;
  /** No answer yet to show. */
  readonly loading: boolean;
  /** An answer is shown and a newer one is on its way. */
  readonly stale: boolean;
  refetch(): Promise<void>;
};

type Options = {
  /** Forget the answer when the question itself changes: for a page about one thing, where the old
   *  answer would be about another thing. Lists leave this off. */
  fresh?: boolean;
};

/**
 * Asks while the component is mounted: `query(() => ["quote", { quote_id }])`. Asks again when what the function
 * reads changes, and on `changed`. Null means there is nothing to ask yet.
 */
export function query<K extends CommandName>(
  ask: () => readonly [K, Args<K>] | null,
  options: Options = {},
): Query<Answer<K>> {
  let data = $state.raw<Answer<K> | undefined>();
  let error = $state.raw<BackendError | undefined>();
  let pending = $state(true);
  let ticket = 0;
  let asked: string | null = null;

  async function fetch(question: readonly [K, Args<K>]): Promise<void> {
    const mine = ++ticket;
    pending = true;
    try {
      const answer = await call(question[0], question[1]);
      if (mine !== ticket) return;
      data = answer;
      error = undefined;
    } catch (thrown) {
      if (mine !== ticket) return;
      error = BackendError.from(thrown);
    }
    pending = false;
  }

  async function refetch(): Promise<void> {
    const question = ask();
    if (question) await fetch(question);
  }

  $effect(() => {
    const question = ask();
    const key = JSON.stringify(question);
    if (key === asked) return;
    const first = asked === null;
    asked = key;
    if (question === null) {
      ticket += 1;
      data = undefined;
      error = undefined;
      pending = false;
      return;
    }
    if (options.fresh && !first) {
      data = undefined;
      error = undefined;
    }
    void fetch(question);
  });

  $effect(() => onChanged(() => void refetch()));

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get loading() {
      return pending && data === undefined;
    },
    get stale() {
      return pending && data !== undefined;
    },
    refetch,
  };
}

export type Action<K extends CommandName> = {
  readonly busy: boolean;
  readonly error: BackendError | undefined;
  /** Does it; null when it was refused (then `error` says why) or is already under way. */
  run(args: Args<K>): Promise<Answer<K> | null>;
  /** Puts the refusal away. */
  clear(): void;
};

/** An act: one at a time, with its refusal kept to be shown beside its cause. */
export function action<K extends CommandName>(command: K): Action<K> {
  let busy = $state(false);
  let error = $state.raw<BackendError | undefined>();
  return {
    get busy() {
      return busy;
    },
    get error() {
      return error;
    },
    async run(args) {
      if (busy) return null;
      busy = true;
      error = undefined;
      try {
        return await call(command, args);
      } catch (thrown) {
        error = BackendError.from(thrown);
        return null;
      } finally {
        busy = false;
      }
    },
    clear() {
      error = undefined;
    },
  };
}
