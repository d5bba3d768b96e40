// What the shell says without being asked.

import { isTauri } from "@tauri-apps/api/core";
import { listen as subscribe } from "@tauri-apps/api/event";
import type { LastEnding } from "../gen/api";

/** Every event, and what it carries. */
export type Events = {
  changed: Record<string, never>;
  link: LastEnding;
  activity: { sent: number; received: number };
  progress: { task: string; done: number; total: number | null };
  navigate: { path: string };
};

/** Calls `hear` for each event of that name until the returned function is called. */
export function listen<E extends keyof Events>(event: E, hear: (payload: Events[E]) => void): () => void {
  if (!isTauri()) return () => {};
  let stop: (() => void) | null = null;
  let stopped = false;
  void subscribe<Events[E]>(event, ({ payload }) => {
    if (!stopped) hear(payload);
  }).then((unlisten) => {
    if (stopped) unlisten();
    else stop = unlisten;
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
