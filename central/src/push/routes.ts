/**
 * `POST /v1/push`: a device brings what it did while nobody heard it.
 *
 * Owns reading the request and the form of its answer. Must not judge an operation.
 */

import type { Json } from "../canonical.ts";
import { json } from "../http/answers.ts";
import { readObject } from "../http/body.ts";
import type { DeviceCall, Route } from "../http/call.ts";
import { unprocessable } from "../http/errors.ts";
import { Drain } from "./drain.ts";
import { BYTES_A_PUSH, BrokenEnvelope, type Op, readPush } from "./envelope.ts";
import { prepare } from "./prepare.ts";

async function push(call: DeviceCall): Promise<Response> {
  const body = (await readObject(call.request, BYTES_A_PUSH)) as Json;
  let ops: Op[];
  try {
    ops = readPush(body);
  } catch (error) {
    if (error instanceof BrokenEnvelope) throw unprocessable(error.message, "The device's version may not fit the central's.");
    throw error;
  }
  const prepared = await Promise.all(ops.map(prepare));
  const results = await new Drain(call.env, call.session, call.now, prepared).run();
  return json({ results });
}

export const pushRoutes: Route[] = [{ method: "POST", path: "/v1/push", by: "device", handle: push }];
