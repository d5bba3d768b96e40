/**
 * The envelope of a push: what every operation carries whatever its kind.
 *
 * Owns its shape and its limits. A broken envelope is refused as a whole, since no answer could name its
 * operations. Must not look into a payload.
 */

import { type Json, isObject } from "../canonical.ts";
import { isSha256 } from "../hex.ts";
import { isId, isLine, isTime } from "./fields.ts";

export const OPS_A_PUSH = 100;
export const BYTES_A_PUSH = 4 * 1024 * 1024;
/** D1 holds rows of 2,000,000 bytes, and a row of the feed is a little more than its payload. */
export const BYTES_A_PAYLOAD = 1_500_000;

/** One operation as a device sends it. */
export interface Op {
  op_id: string;
  aggregate: string;
  kind: string;
  run_id: string | null;
  step_id: string | null;
  after: string | null;
  created_by: string;
  created_at: string;
  payload: string;
  payload_hash: string;
}

/** The envelope is broken; the message says where. */
export class BrokenEnvelope extends Error {}

export function readPush(body: Json): Op[] {
  const ops = isObject(body) ? body["ops"] : undefined;
  if (!Array.isArray(ops)) throw new BrokenEnvelope("ops is not a list");
  if (ops.length < 1 || ops.length > OPS_A_PUSH) throw new BrokenEnvelope(`ops are not 1 to ${OPS_A_PUSH}`);
  return ops.map((op, at) => readOp(op, `ops[${at}]`));
}

export function readOp(op: Json, where: string): Op {
  if (!isObject(op)) throw new BrokenEnvelope(`${where} is not an object`);
  const read = <T extends Json>(name: string, fits: (value: unknown) => value is T): T => {
    const value = op[name];
    if (!fits(value)) throw new BrokenEnvelope(`${where}.${name} is missing or not of its form`);
    return value;
  };
  const orNull = (name: string): string | null => (op[name] === undefined || op[name] === null ? null : read(name, isId));
  return {
    op_id: read("op_id", isId),
    aggregate: read("aggregate", (value): value is string => isLine(value)),
    kind: read("kind", isId),
    run_id: orNull("run_id"),
    step_id: orNull("step_id"),
    after: orNull("after"),
    created_by: read("created_by", (value): value is string => isLine(value)),
    created_at: read("created_at", isTime),
    payload: read("payload", (value): value is string => typeof value === "string"),
    payload_hash: read("payload_hash", isSha256),
  };
}
