// One ear for "something changed", shared by everything on the screen. Several changes in quick succession
// are passed on as one.

import { listen } from "./backend";

const QUIET_MS = 60;
const hearers = new Set<() => void>();
let stop: (() => void) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function pass(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (const hear of [...hearers]) hear();
  }, QUIET_MS);
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
    }
  };
}
