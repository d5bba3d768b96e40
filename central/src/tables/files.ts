/**
 * What lies in R2, by name.
 *
 * Owns noting a stored file and finding it for who may see it. Must not hold its bytes.
 */

import type { Verdict } from "../push/kind.ts";
import type { Session } from "./sessions.ts";
import { IS_APPLIED } from "./receipts.ts";

export interface FileRow {
  object_key: string;
  sha256: string;
  size: number;
  media_type: string;
  quote_id: string;
  stored_at: string;
}

/** What came of storing it is known before its receipt is written. */
export function fileVerdict(outcome: "applied" | "conflict", result: string): Verdict {
  return { sql: "SELECT ?10 AS outcome, ?11 AS result", values: [outcome, result] };
}

export function putFile(db: D1Database, opId: string, file: FileRow): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO files (object_key, sha256, size, media_type, quote_id, stored_at)
       SELECT ?2, ?3, ?4, ?5, ?6, ?7 WHERE ${IS_APPLIED}
       ON CONFLICT (object_key) DO NOTHING`,
    )
    .bind(opId, file.object_key, file.sha256, file.size, file.media_type, file.quote_id, file.stored_at);
}

/** A file, if it is there and this user sees its quote. */
export function visibleFile(db: D1Database, objectKey: string, who: Session): Promise<FileRow | null> {
  return db
    .prepare(
      `SELECT f.object_key, f.sha256, f.size, f.media_type, f.quote_id, f.stored_at FROM files f
       WHERE f.object_key = ?1 AND (?2 <> 'rep' OR EXISTS (
         SELECT 1 FROM quotes q JOIN territories y ON y.customer_id = q.customer_id
         WHERE q.id = f.quote_id AND y.sales_rep = ?3))`,
    )
    .bind(objectKey, who.role, who.sales_rep)
    .first<FileRow>();
}
