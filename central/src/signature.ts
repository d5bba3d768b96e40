/**
 * Signatures of devices: Ed25519 over DSSE's pre-authentication encoding.
 *
 * Owns what is signed and whether a signature holds. The kind is part of what is signed, so that a signature
 * over one kind of text never counts for another. Must not know who may sign what.
 */

import { fromHex } from "./hex.ts";

export const DECISION = "application/vnd.fieldquote.decision+json";
export const TOKEN = "application/vnd.fieldquote.token+json";

/** The bytes that are signed. */
export function signedBytes(kind: string, body: string): Uint8Array {
  const text = new TextEncoder();
  const content = text.encode(body);
  const head = text.encode(`DSSEv1 ${text.encode(kind).length} ${kind} ${content.length} `);
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}

/** Whether the signature (hex) by the key (hex) over a body of that kind holds. */
export async function signatureHolds(
  kind: string,
  body: string,
  signature: string,
  publicKey: string,
): Promise<boolean> {
  const [signed, raw] = [fromHex(signature), fromHex(publicKey)];
  if (signed?.length !== 64 || raw?.length !== 32) return false;
  try {
    const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, key, signed, signedBytes(kind, body));
  } catch {
    return false; // The bytes are no point of the curve.
  }
}
