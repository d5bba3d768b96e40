// One ear for "something changed", shared by everything on the screen. Several changes in quick succession
// are passed on as one, and changes that do not cease are passed on all the same.

import { listen } from "./backend";

const TOGETHER_MS = 60;
const hearers = new Set<() => void>();
let stop: (() => void) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function pass(): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    for (const hear of [...hearers]) hear();
  }, TOGETHER_MS);
}

/** Calls `hear` after a change; the returned function ends it. */
export function onChanged(hear: () => void): () => void {
  hearers.add(hear);
  stop ??= listen("changed", pass);
  return () => {
    hearers.delete(hear);
    if (hearers.size === 0) {
      stop?.();
      stop = null;
      clearTimeout(timer);
      timer = undefined;
    }
  };
}
