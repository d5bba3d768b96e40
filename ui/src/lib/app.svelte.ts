// Who is at this desk, and whether it is open.

import { BackendError, call } from "./backend";
import type { AppState } from "./gen/api";
import { router } from "./router.svelte";

let state = $state.raw<AppState | undefined>();
let error = $state.raw<BackendError | undefined>();
let entering = $state(false);

function take(next: AppState): void {
  // An address the window was started with; it is told once.
  if (next.start_at !== null) router.replace(next.start_at);
  state = next;
}

export const app = {
  /** Undefined until the shell has answered. */
  get state() {
    return state;
  },
  get error() {
    return error;
  },
  /** Whether the way in is still being gone through, though the desk is open: its recovery key is shown this once. */
  get entering() {
    return entering;
  },
  /** Keeps the way in on the screen until `enter` says that it has been gone through. */
  linger(): void {
    entering = true;
  },
  enter(): void {
    entering = false;
  },
  /** Asks the shell how things stand. */
  async refresh(): Promise<void> {
    try {
      take(await call("app_state", {}));
      error = undefined;
    } catch (thrown) {
      error = BackendError.from(thrown);
    }
  },
  /** Takes over an answer the shell just gave, as `profile_unlock` does. */
  became(next: AppState): void {
    take(next);
  },
};
