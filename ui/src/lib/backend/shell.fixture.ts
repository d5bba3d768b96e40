// The shell of a test: it answers what the page asks of it. To refuse, throw as the shell does.

import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";

export type Asked<A> = { command: string; args: A };

/** Lets the shell answer so, until there is `noShell`. */
export function shell<A>(answer: (asked: Asked<A>) => unknown): void {
  (globalThis as { isTauri?: boolean }).isTauri = true;
  mockIPC((command, payload) => (command === "call" ? answer(payload as Asked<A>) : undefined), { shouldMockEvents: true });
}

export const noShell = clearMocks;
