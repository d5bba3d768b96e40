// What to say after a decision, from what came of it. Pure.

import type { ActionListed, Decided } from "../../../lib/gen/api";
import type { Tone } from "../../../lib/toasts.svelte";
import { kindOf, nameOf } from "../words";

export type Said = { message: string; tone: Tone };

const STUCK: Record<string, string> = {
  blocked: "a check does not hold, so nothing was released",
  failed: "the run failed and was undone",
  retrying: "a step is being tried again",
  compensating: "it is being undone",
};

/** After an approval. */
export function approved(row: ActionListed, decided: Decided): Said {
  const name = nameOf(row);
  const stuck = decided.run_status ? STUCK[decided.run_status] : undefined;
  if (stuck) return { message: `${name}: approved, but ${stuck}`, tone: "warn" };
  if (decided.run_id === null) return { message: `${name}: approved; it carries on where it was drafted`, tone: "ok" };
  const kind = kindOf(row.action_type).word;
  if (kind === "email") return { message: `${name}: email approved; it is sent when there is a connection`, tone: "ok" };
  if (kind === "release") return { message: `${name}: released${decided.next_action ? "; its email waits for approval" : ""}`, tone: "ok" };
  return { message: `${name}: approved${decided.next_action ? "; its release waits for approval" : ""}`, tone: "ok" };
}

/** After an approval that should have released as well. */
export function released(row: ActionListed, decided: Decided): Said {
  const name = nameOf(row);
  if (decided.released) return { message: `${name}: approved and released${decided.next_action ? "; its email waits for approval" : ""}`, tone: "ok" };
  if (decided.next_action) return { message: `${name}: approved, but it stopped at the gate. Nothing was released`, tone: "warn" };
  return approved(row, decided);
}

/** Why a release stopped, in words that stand above the gate. */
export const STOPPED_AT_GATE =
  "The quote is approved, but what the release would do is no longer exactly what you were shown. Nothing was written or sent. Look at it as it is now and decide again.";
