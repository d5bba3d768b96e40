// What happened to an action that is no longer what was looked at, in words about the work. Pure.

import type { ActionShown } from "../../../lib/gen/api";

type Ended = Pick<ActionShown, "status" | "void_reason" | "decided_by">;

/** `tried`: something was decided here and refused, so it is said that nothing came of it. */
export function overtakenWords(shown: Ended | undefined, tried: boolean): string {
  const kept = tried ? " Nothing was decided by you, and nothing was released." : "";
  if (!shown || shown.status === "pending") return `What you decided on is not what it is now.${kept}`;
  if (shown.status === "voided") return `${shown.void_reason ? `It was voided: ${shown.void_reason}.` : "It was voided."}${kept}`;
  return `It was ${shown.status}${shown.decided_by ? ` by ${shown.decided_by}` : ""}.${kept}`;
}
