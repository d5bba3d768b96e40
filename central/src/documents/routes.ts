/**
 * `POST /api/quote/pdf` and `GET /api/quote/pdf/{quote_id}`: documents in and out.
 *
 * Owns reading the requests and the form of the answers. Must not judge what may be stored.
 */

import type { Json } from "../canonical.ts";
import { sha256 } from "../hex.ts";
import { json } from "../http/answers.ts";
import { readBytes } from "../http/body.ts";
import type { DeviceCall, Route } from "../http/call.ts";
import { badRequest, notFound, unprocessable, unsupportedMediaType } from "../http/errors.ts";
import { Drain } from "../push/drain.ts";
import { BrokenEnvelope, type Op, readOp } from "../push/envelope.ts";
import { isId } from "../push/fields.ts";
import { refusal, rejected } from "../push/outcome.ts";
import { prepareAs } from "../push/prepare.ts";
import { visibleFile } from "../tables/files.ts";
import { verifyRoute } from "../verify.ts";
import { MEDIA_TYPE, objectOf, upload } from "./upload.ts";

const BYTES_A_DOCUMENT = 20 * 1024 * 1024;

async function put(call: DeviceCall): Promise<Response> {
  const { request, env, session, now } = call;
  const type = request.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== MEDIA_TYPE) throw unsupportedMediaType(MEDIA_TYPE);
  const op = opOf(request.headers.get("FieldQuote-Op"));
  const bytes = await readBytes(request, BYTES_A_DOCUMENT);
  if (op.kind !== "http_call") {
    return json(refusal(op.op_id, rejected("wrong_route", `${op.kind} does not come by this route`, "Update the device.")));
  }
  const prepared = await prepareAs(op, upload(env.FILES, bytes, await sha256(bytes)));
  const [result] = await new Drain(env, session, now, [prepared]).run();
  return json(result);
}

/** The operation the bytes belong to, from the header: base64url of its JSON. */
function opOf(header: string | null): Op {
  const hint = "Send the operation as base64url of its JSON in FieldQuote-Op.";
  if (header === null) throw badRequest("The header FieldQuote-Op is missing.", hint);
  let value: Json;
  try {
    const bytes = Uint8Array.from(atob(header.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)) as Json;
  } catch {
    throw badRequest("The header FieldQuote-Op does not read.", hint);
  }
  try {
    return readOp(value, "FieldQuote-Op");
  } catch (error) {
    if (error instanceof BrokenEnvelope) throw unprocessable(error.message, hint);
    throw error;
  }
}

async function get(call: DeviceCall): Promise<Response> {
  const quoteId = call.params["quote_id"];
  const row = isId(quoteId) ? await visibleFile(call.env.DB, objectOf(quoteId), call.session) : null;
  if (row === null) throw notFound("There is no such document.", "It may not have been uploaded yet.");
  const tags = { ETag: `"${row.sha256}"`, "FieldQuote-Sha256": row.sha256, "Cache-Control": "private, no-cache" };
  if (isKnown(call.request.headers.get("If-None-Match"), row.sha256)) {
    return new Response(null, { status: 304, headers: tags });
  }
  const object = await call.env.FILES.get(row.object_key);
  if (object === null) {
    console.error(JSON.stringify({ at: "documents.get", quote_id: row.quote_id, message: "a stored file is gone" }));
    throw notFound("There is no such document.", "It was stored and is gone; tell who runs the central.");
  }
  const headers = { ...tags, "Content-Type": row.media_type, "Content-Length": String(object.size) };
  return new Response(object.body, { headers });
}

/** Whether `If-None-Match` names this content. */
function isKnown(header: string | null, hash: string): boolean {
  const named = header?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return named.includes("*") || named.includes(`"${hash}"`);
}

export const documentRoutes: Route[] = [
  { method: "POST", path: "/api/quote/pdf", by: "device", handle: put },
  { method: "GET", path: "/api/quote/pdf/:quote_id", by: "device", handle: get },
  verifyRoute,
];
