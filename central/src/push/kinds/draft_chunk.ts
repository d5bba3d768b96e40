/**
 * `draft_chunk`: a piece of a draft that two people may write at once.
 *
 * Owns that a piece is whole and kept once. Must not interpret its bytes: the devices merge them.
 */

import { fromHex, sha256 } from "../../hex.ts";
import { type DraftHead, type NewChunk, moveChunks, putChunk, putDraft } from "../../tables/drafts.ts";
import { badPayload, field, maybe, word } from "../fields.ts";
import { kind } from "../kind.ts";
import { rejected } from "../outcome.ts";
import { notYours } from "../territory.ts";

interface Piece {
  head: DraftHead;
  chunk: NewChunk;
}

export const draftChunk = kind<Piece>({
  async read(payload) {
    const draftId = field(payload, "draft_id", "id");
    const head = field(payload, "head", "object");
    const chunk = field(payload, "chunk", "object");
    if (chunk["draft_id"] !== draftId) throw badPayload("the chunk is of another draft");
    const heads = field(chunk, "heads", "array");
    if (!heads.every((one): one is string => typeof one === "string")) throw badPayload("heads are not texts");
    const piece: Piece = {
      head: {
        draft_id: draftId,
        drafted_by: field(head, "drafted_by", "line"),
        customer_id: maybe(head, "customer_id", "id"),
        school_year: maybe(head, "school_year", "line"),
        revision_of: maybe(head, "revision_of", "id"),
        created_at: field(head, "created_at", "time"),
      },
      chunk: {
        sha256: field(chunk, "checksum", "sha256"),
        kind: word(chunk, "kind", ["snapshot", "changes"]),
        heads,
        bytes: field(chunk, "bytes", "text"),
      },
    };
    if ((await checksum(draftId, piece.chunk)) !== piece.chunk.sha256) {
      throw rejected("damaged", "the piece of the draft is not what its checksum says", "Restore the draft from a backup.");
    }
    return piece;
  },

  want({ head }, _op, wanted) {
    wanted.drafts.add(head.draft_id);
    if (head.customer_id !== null) wanted.customers.add(head.customer_id);
  },

  judge({ op, payload: { head, chunk }, known, db, now }) {
    if (head.customer_id !== null && !known.mayServe(head.customer_id)) throw notYours(head.customer_id);
    const there = known.drafts.get(head.draft_id);
    if (!known.mayTouch(there)) throw notYours(there?.customer_id ?? null);
    return {
      verdict: { sql: "SELECT 'applied' AS outcome, NULL AS result", values: [] },
      releasedBy: null,
      effects: [
        putDraft(db, head, now),
        putChunk(db, head.draft_id, chunk, op.created_at),
        moveChunks(db, head.draft_id),
      ],
      expected: { outcome: "applied", result: null },
      queue: null,
      note(known) {
        const customer = head.customer_id ?? there?.customer_id ?? null;
        const mine = customer !== null && known.mayTouch(known.customers.get(customer)) ? 1 : 0;
        known.drafts.set(head.draft_id, {
          id: head.draft_id,
          customer_id: customer,
          person: there?.person ?? head.drafted_by,
          mine: head.customer_id === null ? (there?.mine ?? 0) : mine,
        });
      },
    };
  },
});

/** A device's checksum is over the draft's id, the kind, the heads and the bytes. */
async function checksum(draftId: string, chunk: NewChunk): Promise<string> {
  const bytes = fromHex(chunk.bytes);
  if (bytes === null) throw badPayload("the chunk's bytes are not hex digits");
  const head = new TextEncoder().encode(`${draftId}\n${chunk.kind}\n${chunk.heads.join(" ")}\n`);
  const all = new Uint8Array(head.length + bytes.length);
  all.set(head);
  all.set(bytes, head.length);
  return sha256(all);
}
