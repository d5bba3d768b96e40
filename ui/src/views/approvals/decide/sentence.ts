// The one sentence over the buttons: what approving does here, or why nothing can be decided. Pure.

import type { ActionShown } from "../../../lib/gen/api";
import { factsOf } from "../detail/facts";
import { kindOf, stops } from "../words";

type Standing = {
  shown: ActionShown | undefined;
  mayDecide: boolean;
  user: string | null;
  role: string | null;
  connected: boolean;
};

export function barSentence({ shown, mayDecide, user, role, connected }: Standing): string {
  if (!shown) return "";
  if (shown.status !== "pending") return `Nothing to decide: it is ${shown.status}.`;
  if (!mayDecide) {
    const { gate, preview } = factsOf(shown);
    const who = (gate ?? preview)?.approver ?? "Someone who may approve";
    const yours = shown.drafted_by === user && shown.editable ? " You can still edit it." : "";
    return `${who} decides this; you are signed in as ${role ?? "a rep"}.${yours}`;
  }
  if (factsOf(shown).checks.some(stops)) return "A check would stop the release: approving writes and sends nothing.";
  if (shown.shows.kind === "email" && !connected) return "Approving sends this email once this device is connected to a central. It cannot be called back.";
  return kindOf(shown.action_type).does;
}
