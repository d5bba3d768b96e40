// Who is at this desk, and whether it is open.

import { BackendError, call } from "./backend";
import type { AppState } from "./gen/api";

let state = $state.raw<AppState | undefined>();
let error = $state.raw<BackendError | undefined>();

export const app = {
  /** Undefined until the shell has answered. */
  get state() {
    return state;
  },
  get error() {
    return error;
  },
  /** Asks the shell how things stand. */
  async refresh(): Promise<void> {
    try {
      state = await call("app_state", {});
      error = undefined;
    } catch (thrown) {
      error = BackendError.from(thrown);
    }
  },
  /** Takes over an answer the shell just gave, as `profile_unlock` does. */
  became(next: AppState): void {
    state = next;
  },
};
