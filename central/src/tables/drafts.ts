/**
 * Drafts: their heads and the chunks their documents are made of.
 *
 * Owns keeping a chunk once and moving a draft's chunks with it when its customer becomes another. Must not
 * interpret a chunk.
 */

export interface DraftHead {
  draft_id: string;
  drafted_by: string;
  customer_id: string | null;
  school_year: string | null;
  /** The quote its own is to take the place of. */
  revision_of: string | null;
  created_at: string;
}

export interface NewChunk {
  sha256: string;
  kind: string;
  heads: string[];
  bytes: string;
}

/** The head as it is now. A draft keeps what a device that has not heard of it sends a chunk without. */
export function putDraft(db: D1Database, head: DraftHead, now: string): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO drafts (id, drafted_by, customer_id, school_year, revision_of, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT (id) DO UPDATE SET customer_id = coalesce(excluded.customer_id, customer_id),
         school_year = coalesce(excluded.school_year, school_year),
         revision_of = coalesce(excluded.revision_of, revision_of), updated_at = excluded.updated_at`,
    )
    .bind(head.draft_id, head.drafted_by, head.customer_id, head.school_year, head.revision_of, head.created_at, now);
}

/** A chunk, as the draft's: once, however often it is sent. */
export function putChunk(db: D1Database, draftId: string, chunk: NewChunk, createdAt: string): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO draft_chunks (draft_id, sha256, kind, heads, bytes, drafted_by, customer_id, school_year, revision_of,
         created_at)
       SELECT d.id, ?2, ?3, ?4, ?5, d.drafted_by, d.customer_id, d.school_year, d.revision_of, ?6 FROM drafts d WHERE d.id = ?1
       ON CONFLICT (draft_id, sha256) DO NOTHING`,
    )
    .bind(draftId, chunk.sha256, chunk.kind, JSON.stringify(chunk.heads), chunk.bytes, createdAt);
}

/** The draft's chunks are the draft's customer's, and say of the draft what it says of itself. */
export function moveChunks(db: D1Database, draftId: string): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE draft_chunks SET customer_id = d.customer_id, school_year = d.school_year, revision_of = d.revision_of
       FROM drafts d
       WHERE d.id = ?1 AND draft_chunks.draft_id = d.id
         AND (draft_chunks.customer_id, draft_chunks.school_year, draft_chunks.revision_of)
           IS NOT (d.customer_id, d.school_year, d.revision_of)`,
    )
    .bind(draftId);
}
