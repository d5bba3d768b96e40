// The first sync, as it goes: how much has come, and whether that is all.

import { listen } from "../backend";
import { query } from "../query.svelte";

/** Follows it while the component is mounted. */
export function followArrival() {
  const status = query(() => ["sync_status", {}]);
  let received = $state(0);
  let step = $state.raw<{ done: number; total: number | null } | null>(null);
  /** The most there ever was to fetch: what is left of it is the way still to go. */
  let most = $state(0);

  $effect(() => listen("activity", (moved) => (received += moved.received)));
  $effect(() =>
    listen("progress", ({ task, done, total }) => {
      if (task.startsWith("sync")) step = { done, total };
    }),
  );
  $effect(() => {
    most = Math.max(most, status.data?.to_fetch ?? 0);
  });

  return {
    get status() {
      return status;
    },
    get received() {
      return received;
    },
    /** All of it is here, and was proven to be. */
    get complete() {
      const now = status.data;
      return now !== undefined && now.connected && now.verified_current_as_of !== null && now.to_fetch === 0;
    },
    /** How far, when that can be said. */
    get way(): { done: number; total: number | null } {
      if (step) return step;
      const left = status.data?.to_fetch ?? 0;
      return most > 0 ? { done: most - left, total: most } : { done: received, total: null };
    },
  };
}
