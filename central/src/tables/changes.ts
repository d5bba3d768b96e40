/**
 * Table `changes`, the feed: what a session may see of it, window by window. Owns its SQL. Rows are written by
 * triggers alone (migrations/central/0001_feed.sql), and go out as the text they were written as: nothing here
 * reads a row's JSON.
 */

import type { Session } from "./sessions.ts";

/** The last entry's number. */
export async function head(db: D1Database): Promise<number> {
  const row = await db.prepare("SELECT max(seq) AS head FROM changes").first<{ head: number | null }>();
  return row?.head ?? 0;
}

/** Entries of one read: their lines in a few long texts, how many they are, and where the next read begins. */
export interface Window {
  texts: string[];
  entries: number;
  upto: number;
}

/** The database gives no more than this at once, */
const BYTES_A_WINDOW = 4_000_000;
/** and no text longer than this and one row: the runtime's own limit is 2 MB. A larger row is a text alone. */
const BYTES_A_TEXT = 400_000;

/** What the session sees. `?1` is its user's name, `?2` its territory. */
function visible(session: Session): string {
  if (session.role !== "rep") return "c.tbl <> '_evict'";
  return `+c.scope IN (
    SELECT '*' UNION ALL SELECT 'n:' || ?1 UNION ALL SELECT 's:' || ?2
    UNION ALL SELECT 'c:' || customer_id FROM territories WHERE sales_rep = ?2)`;
}

/**
 * The visible entries with `after < seq <= until`, or the first of them where they are large. The database writes
 * the lines and joins them: many times faster than row by row.
 */
export async function readWindow(db: D1Database, session: Session, after: number, until: number): Promise<Window> {
  const found = await db
    .prepare(
      `WITH sized AS (
         SELECT c.seq, coalesce(octet_length(c.row), 0) AS size
         FROM changes c WHERE c.seq > ?3 AND c.seq <= ?4 AND ${visible(session)}),
       placed AS (
         SELECT seq, sum(size) OVER w - size AS before,
           2 * sum(size > ${BYTES_A_TEXT}) OVER w - (size > ${BYTES_A_TEXT}) AS large
         FROM sized WINDOW w AS (ORDER BY seq)),
       texts AS (
         SELECT min(seq) AS first, max(seq) AS last, count(*) AS entries FROM placed
         WHERE before < ${BYTES_A_WINDOW} GROUP BY before / ${BYTES_A_TEXT}, large)
       SELECT t.last, t.entries, (SELECT max(seq) FROM sized) AS end, (
         SELECT group_concat(line, char(10)) FROM (
           SELECT '{"seq":' || c.seq || ',"table":"' || c.tbl || '","key":' || c.key ||
             iif(c.gone, ',"gone":true}', ',"row":' || c.row || '}') AS line
           FROM changes c WHERE c.seq BETWEEN t.first AND t.last AND ${visible(session)} ORDER BY c.seq)) AS text
       FROM texts t ORDER BY t.last`,
    )
    .bind(session.user_name, session.sales_rep, after, until)
    .all<{ last: number; entries: number; end: number; text: string }>();
  const last = found.results.at(-1);
  return {
    texts: found.results.map((row) => row.text),
    entries: found.results.reduce((sum, row) => sum + row.entries, 0),
    upto: last !== undefined && last.last < last.end ? last.last : until,
  };
}

/** The rows of these keys as they are now, each null when it is gone or not to be seen, in the order asked. */
export async function rowsNow(
  db: D1Database,
  session: Session,
  asked: { table: string; key: string }[],
): Promise<(string | null)[]> {
  const found = await db
    .prepare(
      `SELECT a.key AS at, c.row FROM json_each(?3) a
       JOIN changes c ON c.tbl = a.value ->> 'table' AND c.key = a.value ->> 'key'
       WHERE c.gone = 0 AND ${visible(session)}`,
    )
    .bind(session.user_name, session.sales_rep, JSON.stringify(asked))
    .all<{ at: number; row: string }>();
  const rows = new Array<string | null>(asked.length).fill(null);
  for (const { at, row } of found.results) rows[at] = row;
  return rows;
}
