/**
 * An operation before anything is known of the database: whole, canonical, and read by its kind.
 *
 * Owns the checks that need no look-up, and the list of kinds. What it finds wrong is kept, not thrown: an
 * operation that was answered before gets that answer again, whatever is thought of it now.
 */

import { NotCanonical, isObject, readCanonical } from "../canonical.ts";
import { sha256 } from "../hex.ts";
import { BYTES_A_PAYLOAD, type Op } from "./envelope.ts";
import { badPayload } from "./fields.ts";
import type { AnyKind } from "./kind.ts";
import { action } from "./kinds/action.ts";
import { actionExpire, actionVoid } from "./kinds/action_close.ts";
import { decision } from "./kinds/decision.ts";
import { draftChunk } from "./kinds/draft_chunk.ts";
import { queue } from "./kinds/queue.ts";
import { quoteOutcome } from "./kinds/quote_outcome.ts";
import { rows } from "./kinds/rows.ts";
import type { Wanted } from "./known.ts";
import { Refused, rejected, unavailable } from "./outcome.ts";

const KINDS: ReadonlyMap<string, AnyKind> = new Map([
  ["action", action],
  ["action_void", actionVoid],
  ["action_expire", actionExpire],
  ["decision", decision],
  ["draft_chunk", draftChunk],
  ["rows", rows],
  ["queue", queue],
  ["quote_outcome", quoteOutcome],
]);

export interface Prepared {
  op: Op;
  kind: AnyKind | null;
  payload: unknown;
  /** Bytes of the payload. */
  size: number;
  /** The payload is not the one that was hashed: nothing else about it counts. */
  damaged: Refused | null;
  /** What is wrong with it in itself. */
  wrong: Refused | null;
}

/** Read an operation as a push brings it. */
export function prepare(op: Op): Promise<Prepared> {
  return prepareAs(op, KINDS.get(op.kind) ?? null);
}

/** Read an operation as one of a kind. */
export async function prepareAs(op: Op, kind: AnyKind | null): Promise<Prepared> {
  const bytes = new TextEncoder().encode(op.payload);
  const prepared: Prepared = { op, kind, payload: null, size: bytes.length, damaged: null, wrong: null };
  if (bytes.length > BYTES_A_PAYLOAD) {
    const most = `${BYTES_A_PAYLOAD / 1000} kB`;
    prepared.wrong = rejected("too_large", `its payload is larger than ${most}`, "Split it: fewer lines, or a shorter draft.");
    return prepared;
  }
  if ((await sha256(bytes)) !== op.payload_hash) {
    prepared.damaged = rejected("damaged", "its payload is not what its hash says", "Restore the device's database from a backup.");
    return prepared;
  }
  try {
    if (kind === null) throw noSuchKind(op);
    const payload = readCanonical(op.payload);
    if (!isObject(payload)) throw badPayload("the payload is not an object");
    prepared.payload = await kind.read(payload, op);
  } catch (error) {
    prepared.wrong = asRefused(error, op);
  }
  return prepared;
}

/** What must be known to judge it. */
export function wantFor(prepared: Prepared, wanted: Wanted): void {
  const { op, kind, payload } = prepared;
  wanted.receipts.add(op.op_id);
  if (op.after !== null) wanted.receipts.add(op.after);
  if (prepared.damaged === null && prepared.wrong === null) kind?.want(payload, op, wanted);
}

/** A refusal as it was thrown. What is none is the central's own fault, and this operation's alone. */
export function asRefused(error: unknown, op: Op): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof NotCanonical) return badPayload(`the payload is not canonical: ${error.message}`);
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(JSON.stringify({ at: "push.judge", op_id: op.op_id, kind: op.kind, message }));
  return unavailable();
}

function noSuchKind(op: Op): Refused {
  return op.kind === "http_call"
    ? rejected("wrong_route", "a document comes by its own route", "Update the device.")
    : rejected("unknown_kind", `${op.kind} is no kind of operation`, "Update the central, or the device.");
}
