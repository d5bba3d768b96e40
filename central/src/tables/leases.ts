/**
 * Tables `ns_pushes` and `emails` as what is delivered: who holds a row, what became of an attempt, what nobody
 * was told of. Owns that SQL, which is the same for both. A row changes only in the hands of who holds its lease.
 */

export type LaneTable = "ns_pushes" | "emails";

const LANES = {
  ns_pushes: { busy: "pushing", customer: "coalesce(d.body ->> '$.quote.customer.id', q.customer_id)" },
  emails: { busy: "sending", customer: "coalesce(d.customer_id, q.customer_id)" },
} as const;

/** What a lease is known by. */
export interface Held {
  op_id: string;
  lease_until: string | null;
}

/** A row as it was before the lease was taken, and the taking; both in one transaction. */
export async function takeLease<Row>(
  db: D1Database,
  table: LaneTable,
  columns: string,
  opId: string,
  now: string,
  until: string,
): Promise<(Row & { unfinished: boolean; lease_until: string }) | null> {
  const { busy } = LANES[table];
  const free = `op_id = ?1 AND state IN ('queued', '${busy}') AND (lease_until IS NULL OR lease_until <= ?2)`;
  const [before, taken] = await db.batch([
    db.prepare(`SELECT ${columns}, state = '${busy}' AS unfinished FROM ${table} WHERE ${free}`).bind(opId, now),
    db
      .prepare(`UPDATE ${table} SET state = '${busy}', lease_until = ?3, updated_at = ?2 WHERE ${free}`)
      .bind(opId, now, until),
  ]);
  const row = before?.results[0] as (Row & { unfinished: number }) | undefined;
  if (row === undefined || taken?.meta.changes !== 1) return null;
  return { ...row, unfinished: row.unfinished === 1, lease_until: until };
}

/** An attempt failed; nobody takes the row before `free`. */
export async function tryAgainLater(
  db: D1Database,
  table: LaneTable,
  held: Held,
  why: string,
  now: string,
  free: string,
): Promise<void> {
  await db
    .prepare(
      `UPDATE ${table} SET state = 'queued', attempts = attempts + 1, last_error = ?3, lease_until = ?5, updated_at = ?4
       WHERE op_id = ?1 AND lease_until = ?2 AND state = '${LANES[table].busy}'`,
    )
    .bind(held.op_id, held.lease_until, why, now, free)
    .run();
}

/** Given back without an attempt; it stays unfinished. */
export async function release(db: D1Database, table: LaneTable, held: Held, now: string): Promise<void> {
  await db
    .prepare(
      `UPDATE ${table} SET lease_until = ?3, updated_at = ?3
       WHERE op_id = ?1 AND lease_until = ?2 AND state = '${LANES[table].busy}'`,
    )
    .bind(held.op_id, held.lease_until, now)
    .run();
}

/** The row has failed and a person is alerted: both or neither, and only of who holds the lease. */
export function failStatements(
  db: D1Database,
  table: LaneTable,
  held: Held,
  failure: { why: string; alert: string; now: string },
): D1PreparedStatement[] {
  const { busy, customer } = LANES[table];
  const run = `(SELECT run_id FROM run_scopes WHERE run_id = substr(?1, 1, instr(?1, '.') - 1) LIMIT 1)`;
  return [
    db
      .prepare(
        `UPDATE ${table} SET state = 'failed', attempts = attempts + 1, last_error = ?3, lease_until = NULL, updated_at = ?4
         WHERE op_id = ?1 AND lease_until IS ?2 AND state IN ('queued', '${busy}')`,
      )
      .bind(held.op_id, held.lease_until, failure.why, failure.now),
    db
      .prepare(
        `INSERT INTO alerts (id, run_id, step_id, op_id, quote_id, customer_id, message, created_at)
         SELECT 'failed.' || ?1 || '.' || ?3, ${run}, iif(${run} IS NULL, NULL, substr(?1, instr(?1, '.') + 1)),
           ?1, d.quote_id, ${customer}, ?2, ?3
         FROM ${table} d LEFT JOIN quotes q ON q.id = d.quote_id
         WHERE d.op_id = ?1 AND d.state = 'failed' AND d.updated_at = ?3
           AND NOT EXISTS (SELECT 1 FROM alerts WHERE op_id = ?1 AND resolved_at IS NULL)`,
      )
      .bind(held.op_id, failure.alert, failure.now),
  ];
}

export interface OpenRow extends Held {
  quote_id: string;
  busy: 0 | 1;
}

/** A row that has not come to an end. */
export function openRow(db: D1Database, table: LaneTable, opId: string): Promise<OpenRow | null> {
  const { busy } = LANES[table];
  return db
    .prepare(
      `SELECT op_id, quote_id, lease_until, state = '${busy}' AS busy FROM ${table}
       WHERE op_id = ?1 AND state IN ('queued', '${busy}')`,
    )
    .bind(opId)
    .first<OpenRow>();
}

/**
 * Rows no message will come for: no queue was told since `untold`, or one was and nothing happened since `quiet`,
 * which is after any lease ran out.
 */
export async function strandedOps(
  db: D1Database,
  table: LaneTable,
  times: { untold: string; quiet: string },
  most: number,
): Promise<string[]> {
  const { busy } = LANES[table];
  const found = await db
    .prepare(
      `SELECT op_id FROM ${table}
       WHERE state IN ('queued', '${busy}')
         AND (enqueued_at IS NULL AND updated_at <= ?1
           OR max(coalesce(enqueued_at, ''), coalesce(lease_until, ''), updated_at) <= ?2)
       ORDER BY updated_at LIMIT ?3`,
    )
    .bind(times.untold, times.quiet, most)
    .all<{ op_id: string }>();
  return found.results.map((row) => row.op_id);
}
