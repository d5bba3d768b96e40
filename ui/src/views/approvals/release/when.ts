// When what is shown happens, or whether it did: the sentence over the effects. Pure.

import type { ActionShown } from "../../../lib/gen/api";

export function whenOf({ status, shows }: Pick<ActionShown, "status" | "shows">): string {
  if (status === "approved") {
    if (shows.kind === "quote_draft") return "It was approved; what it releases waits, or waited, for an approval of its own.";
    if (shows.kind === "email") return "It was approved, and goes, or went, out by the central.";
    return "It was approved, and this was released.";
  }
  if (status !== "pending") return "None of it happened, and none of it will.";
  if (shows.kind === "quote_draft") {
    return "Approve asks for this once more, as a release. Approve and release does it in one gesture, if it is still exactly this.";
  }
  if (shows.kind === "email") return "The email is sent by the central when there is a connection. It cannot be called back.";
  return "On approval, all of it, on this device at once; what goes out follows when there is a connection.";
}
