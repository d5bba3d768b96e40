/**
 * Rule 1 at the central: nothing is carried out that a standing approval did not release.
 *
 * Owns finding the approved action an operation names and the entry of it that releases the operation. The
 * action's stored payload is what counts, never what the operation says of it. Must not decide anything else.
 */

import { type Json, type JsonObject, canonical, isObject } from "../canonical.ts";
import type { ActionRow } from "../tables/proposed_actions.ts";
import type { Op } from "./envelope.ts";
import type { Known } from "./known.ts";
import { type Refused, notYet, rejected } from "./outcome.ts";

export interface Approved {
  action: ActionRow;
  payload: JsonObject;
}

export interface Release extends Approved {
  entry: JsonObject;
}

/** The approved action whose decision the operation names as `after`. */
export function approvedBy(op: Op, known: Known): Approved {
  if (op.after === null) throw notApproved("it names no decision that releases it");
  const receipt = known.receipts.get(op.after);
  const decided = receipt?.kind === "decision" && receipt.outcome === "applied" ? receipt.result : null;
  const { action_id: actionId, status } = isObject(decided) ? decided : ({} as JsonObject);
  if (typeof actionId !== "string" || status !== "approved") throw notApproved(`${op.after} is no approval`);
  const [action, payload] = [known.actions.get(actionId), known.payloads.get(actionId)];
  if (action === undefined || payload === undefined) {
    throw notYet("this push approves more than is looked up at once");
  }
  if (action.status !== "approved") throw notApproved(`action ${actionId} is ${action.status}`);
  return { action, payload };
}

/** The step of that action's run which the operation carries out. */
export function releaseOf(op: Op, known: Known): Release {
  const { action, payload } = approvedBy(op, known);
  const releases = payload["releases"];
  const entry = Array.isArray(releases)
    ? releases.find((one): one is JsonObject => isObject(one) && one["id"] === op.step_id)
    : undefined;
  if (entry === undefined || payload["run_id"] !== op.run_id) {
    throw notReleased(`action ${action.id} releases no step ${op.step_id ?? "without a name"} of this run`);
  }
  return { action, payload, entry };
}

export function notReleased(message: string): Refused {
  return rejected("not_released", message, "Nothing was carried out. Submit the draft again and have it approved.");
}

/** Whether two values are the same as they would be shown, hashed and signed. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  return one !== undefined && other !== undefined && canonical(one) === canonical(other);
}

function notApproved(message: string): Refused {
  return rejected("not_approved", message, "Nothing was carried out. What it needs is an approval that stands.");
}
