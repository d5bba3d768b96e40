/**
 * `http_call`: a document a device made, stored once under its name.
 *
 * Owns that exactly the approved bytes are stored, and that a name keeps its first content. It is judged as
 * every operation is; the bytes are stored while it is judged, for what came of that is what its receipt
 * says. Bytes without a receipt do no harm: the same operation finds them again.
 */

import type { Json } from "../canonical.ts";
import { toHex } from "../hex.ts";
import { type AnyKind, type Change, kind } from "../push/kind.ts";
import { field } from "../push/fields.ts";
import { rejected } from "../push/outcome.ts";
import { notReleased, releaseOf } from "../push/released.ts";
import { fileVerdict, putFile } from "../tables/files.ts";

interface Document {
  media_type: string;
  method: string;
  object: string;
  path: string;
  quote_id: string;
  sha256: string;
  size: number;
}

export const MEDIA_TYPE = "application/pdf";

/** The kind of an operation that comes with these bytes. */
export function upload(bucket: R2Bucket, bytes: Uint8Array, hash: string): AnyKind {
  return kind<Document>({
    read(payload) {
      const document: Document = {
        media_type: field(payload, "media_type", "text"),
        method: field(payload, "method", "text"),
        object: field(payload, "object", "text"),
        path: field(payload, "path", "text"),
        quote_id: field(payload, "quote_id", "id"),
        sha256: field(payload, "sha256", "sha256"),
        size: field(payload, "size", "count"),
      };
      if (document.sha256 !== hash || document.size !== bytes.length) {
        throw rejected("damaged", "the bytes are not those the operation names", "Retry; if it stays, restore the device's database from a backup.");
      }
      return document;
    },

    want(_document, op, wanted) {
      if (op.after !== null) wanted.releases.add(op.after);
    },

    async judge({ op, payload: document, known, db }): Promise<Change> {
      const { action, entry } = releaseOf(op, known);
      const isThis =
        entry["does"] === "document" &&
        entry["object"] === document.object &&
        entry["sha256"] === document.sha256 &&
        document.media_type === MEDIA_TYPE &&
        document.quote_id === action.quote_id &&
        document.object === objectOf(document.quote_id);
      if (!isThis) throw notReleased(`action ${action.id} releases another document than this`);
      const { standing, storedAt } = await store(bucket, document.object, bytes, hash);
      const isSame = standing === hash;
      const result: Json = isSame
        ? { object: document.object, sha256: hash, size: bytes.length, stored_at: storedAt }
        : { sha256: standing };
      const outcome = isSame ? "applied" : "conflict";
      return {
        verdict: fileVerdict(outcome, JSON.stringify(result)),
        releasedBy: action.id,
        effects: [
          putFile(db, op.op_id, {
            object_key: document.object, sha256: hash, size: bytes.length, media_type: MEDIA_TYPE,
            quote_id: document.quote_id, stored_at: storedAt,
          }),
        ],
        expected: { outcome, result },
        queue: null,
      };
    },
  });
}

/** Where a quote's document lies. */
export function objectOf(quoteId: string): string {
  return `quotes/${quoteId}.pdf`;
}

/** Store the bytes unless something is there already; gives the hash of what is there now, and since when. */
async function store(bucket: R2Bucket, object: string, bytes: Uint8Array, hash: string) {
  const put = await bucket.put(object, bytes, {
    onlyIf: new Headers({ "If-None-Match": "*" }),
    sha256: hash,
    httpMetadata: { contentType: MEDIA_TYPE },
  });
  const there = put ?? (await bucket.head(object));
  if (there === null) throw new Error(`${object} was there and is gone`);
  const standing = there.checksums.sha256;
  return { standing: standing === undefined ? "" : toHex(standing), storedAt: there.uploaded.toISOString() };
}
