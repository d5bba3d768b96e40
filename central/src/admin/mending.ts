/**
 * Who runs the central puts right what failed: a push or an email is tried anew, an alert is resolved.
 */

import { json } from "../http/answers.ts";
import { readObject, text } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import { HttpError, notFound } from "../http/errors.ts";
import { resolveAlert, resolveAlertsOf } from "../tables/alerts.ts";
import { markEnqueued } from "../tables/outgoing.ts";
import { failedOp, requeueStatement } from "../tables/replays.ts";

export async function replay(call: Call): Promise<Response> {
  const db = call.env.DB;
  const opId = text(await readObject(call.request), "op_id", 64);
  const found = await failedOp(db, opId);
  if (found === null) throw notFound("No push and no email is of that operation.", "Look at the alert for its op_id.");
  if (found.state !== "failed") {
    throw new HttpError(409, "not_failed", `It has not failed: it is ${found.state}.`, "Only what has failed is put back.");
  }
  await db.batch([requeueStatement(db, found.table, opId, call.now), resolveAlertsOf(db, opId, call.now)]);
  const queue = found.table === "emails" ? "MAIL_QUEUE" : "NS_PUSH_QUEUE";
  await call.env[queue].send({ op_id: opId });
  await markEnqueued(db, queue, [opId], call.now).run();
  return json({ op_id: opId, queued: true });
}

export async function resolve(call: Call): Promise<Response> {
  const id = call.params.id ?? "";
  const resolvedAt = await resolveAlert(call.env.DB, id, call.now);
  if (resolvedAt === null) throw notFound("There is no such alert.");
  return json({ id, resolved_at: resolvedAt });
}
