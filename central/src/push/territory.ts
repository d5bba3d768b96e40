/**
 * A rep writes about the customers of one territory; an approver about all.
 *
 * Owns how a refusal for that reason is told. Must not look anything up.
 */

import type { ActionRow } from "../tables/proposed_actions.ts";
import type { Session } from "../tables/sessions.ts";
import { type Refused, rejected } from "./outcome.ts";

export function notYours(customerId: string | null): Refused {
  const whose = customerId === null ? "this" : `customer ${customerId}`;
  return rejected("not_yours", `${whose} is not in your territory`, "Ask who has the territory, or who runs the central.");
}

/** Whether a user may close an action: whoever drafted it, whoever has its customer, every approver. */
export function mayClose(who: Session, action: ActionRow): boolean {
  return who.role !== "rep" || action.drafted_by === who.user_name || action.mine === 1;
}
