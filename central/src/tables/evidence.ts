/**
 * What the central knows of a quote that a device cannot know by itself.
 *
 * Owns gathering it in one round trip, for who may see the quote. Must not judge whether it is enough.
 */

import type { Session } from "./sessions.ts";

export interface Evidence {
  quote: { lifecycle_status: string } | null;
  file: { object: string; sha256: string; size: number } | null;
  email: { id: string; sent_at: string; provider_id: string | null } | null;
  netsuite: {
    state: string;
    attempts: number;
    netsuite_id: string | null;
    total: string | null;
    last_error: string | null;
  } | null;
  runs: { run_id: string; checks: { check_id: string; status: string }[] }[];
}

/** The quote, if this user sees it: `?1` its id, `?2` the role, `?3` the sales rep. */
const SEEN = `SELECT q.id FROM quotes q WHERE q.id = ?1 AND (?2 <> 'rep' OR EXISTS (
  SELECT 1 FROM territories y WHERE y.customer_id = q.customer_id AND y.sales_rep = ?3))`;

export async function evidenceOf(db: D1Database, quoteId: string, who: Session): Promise<Evidence> {
  const ask = (sql: string) => db.prepare(sql).bind(quoteId, who.role, who.sales_rep);
  const [quote, file, email, netsuite, checks] = await db.batch([
    ask(`SELECT lifecycle_status FROM quotes WHERE id IN (${SEEN})`),
    ask(`SELECT object_key AS object, sha256, size FROM files WHERE quote_id IN (${SEEN}) ORDER BY stored_at DESC LIMIT 1`),
    ask(
      `SELECT id, sent_at, provider_id FROM outbound_email_log WHERE related_quote_id IN (${SEEN})
       ORDER BY sent_at DESC LIMIT 1`,
    ),
    ask(
      `SELECT state, attempts, netsuite_id, total, last_error FROM ns_pushes WHERE quote_id IN (${SEEN})
       ORDER BY updated_at DESC LIMIT 1`,
    ),
    ask(`SELECT run_id, check_id, status FROM workflow_verify_results WHERE quote_id IN (${SEEN}) ORDER BY run_id, check_id`),
  ]);
  const first = <T>(answer: D1Result | undefined) => (answer?.results[0] ?? null) as T | null;
  return {
    quote: first<NonNullable<Evidence["quote"]>>(quote),
    file: first<NonNullable<Evidence["file"]>>(file),
    email: first<NonNullable<Evidence["email"]>>(email),
    netsuite: first<NonNullable<Evidence["netsuite"]>>(netsuite),
    runs: byRun((checks?.results ?? []) as { run_id: string; check_id: string; status: string }[]),
  };
}

function byRun(rows: { run_id: string; check_id: string; status: string }[]): Evidence["runs"] {
  const runs = new Map<string, Evidence["runs"][number]>();
  for (const { run_id, check_id, status } of rows) {
    const run = runs.get(run_id) ?? { run_id, checks: [] };
    run.checks.push({ check_id, status });
    runs.set(run_id, run);
  }
  return [...runs.values()];
}
