/**
 * What became of one operation, as its device is told.
 *
 * Owns the five outcomes and how each is said. Only `applied` and `conflict` are stored, in a receipt; a
 * `rejected` one waits for a person, a `retry` one for later. Must not decide which it is.
 */

import { type Json, type JsonObject, isObject } from "../canonical.ts";

/** What a receipt can say. */
export type Stored = "applied" | "conflict";

/** One line of the answer, in the order of the push. */
export interface Answer {
  op_id: string;
  outcome: Stored | "duplicate" | "rejected" | "retry";
  /** Of a duplicate: what it was the first time. */
  first: Stored | null;
  result: Json;
  code: string | null;
  message: string | null;
  hint: string | null;
}

/** An operation that leaves no trace, and why; thrown where that is found. */
export class Refused extends Error {
  constructor(
    readonly outcome: "rejected" | "retry",
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** A person must act on the device. */
export function rejected(code: string, message: string, hint: string): Refused {
  return new Refused("rejected", code, message, hint);
}

/** Something must come first. */
export function notYet(message: string): Refused {
  return new Refused("retry", "not_yet", message, "It is sent again by itself.");
}

/** The central cannot just now. */
export function unavailable(): Refused {
  return new Refused("retry", "unavailable", "the central could not store it just now", "It is sent again by itself.");
}

export function refusal(opId: string, why: Refused): Answer {
  const { outcome, code, message, hint } = why;
  return { op_id: opId, outcome, first: null, result: null, code, message, hint };
}

export function stored(opId: string, outcome: Stored, result: Json): Answer {
  return { op_id: opId, outcome, first: null, result, ...words(outcome, result) };
}

export function duplicate(opId: string, first: Stored, result: Json): Answer {
  return { op_id: opId, outcome: "duplicate", first, result, ...words(first, result) };
}

function words(outcome: Stored, result: Json): Pick<Answer, "code" | "message" | "hint"> {
  if (outcome === "applied") return { code: null, message: null, hint: null };
  if (isObject(result) && "sha256" in result) {
    return { code: "object_exists", message: "another file is stored under this name", hint: "The stored file stands." };
  }
  const standing = isObject(result) && isObject(result["standing"]) ? result["standing"] : {};
  return { code: "overtaken", message: ofQuote(standing) ?? "somebody else came first", hint: "What stands is in the result." };
}

/** What stands, where it is a quote. */
function ofQuote(standing: JsonObject): string | null {
  const { quote_id: quote, lifecycle_status: status, outcome, decided_by: by } = standing;
  if (typeof quote !== "string" || typeof status !== "string") return null;
  if (typeof outcome !== "string" || typeof by !== "string") return `quote ${quote} is ${status}`;
  const since = outcome === status ? "" : `, and is ${status} now`;
  return `quote ${quote} was ${outcome} before, as ${by} recorded${since}`;
}
