/**
 * Whose things are: which customers, quotes, runs and drafts are in a rep's territory.
 *
 * Owns those questions, many at once. `mine` is 1 in the territory of the sales rep asked for. Must not know
 * what follows from it.
 */

const MINE = (customer: string): string =>
  `EXISTS (SELECT 1 FROM territories y WHERE y.customer_id = ${customer} AND y.sales_rep = ?2) AS mine`;
const ASKED = "IN (SELECT value FROM json_each(?1))";

export interface Mine {
  id: string;
  customer_id: string | null;
  /** Whose it is where there is no customer. */
  person: string | null;
  mine: 0 | 1;
}

export interface QuoteOwner extends Mine {
  run_id: string | null;
  lifecycle_status: string;
}

export function customersOf(db: D1Database, ids: string[], salesRep: string | null): D1PreparedStatement {
  return db
    .prepare(
      `SELECT value AS id, value AS customer_id, NULL AS person, ${MINE("value")} FROM json_each(?1)`,
    )
    .bind(JSON.stringify(ids), salesRep);
}

export function quotesOf(db: D1Database, ids: string[], salesRep: string | null): D1PreparedStatement {
  return db
    .prepare(
      `SELECT q.id, q.customer_id, q.run_id, q.lifecycle_status, NULL AS person, ${MINE("q.customer_id")}
       FROM quotes q WHERE q.id ${ASKED}`,
    )
    .bind(JSON.stringify(ids), salesRep);
}

/** Runs, by whatever names them first: their log, their quote, their gate. */
export function runsOf(db: D1Database, ids: string[], salesRep: string | null): D1PreparedStatement {
  return db
    .prepare(
      `SELECT s.id, CASE WHEN s.scope LIKE 'c:%' THEN substr(s.scope, 3) END AS customer_id,
         CASE WHEN s.scope LIKE 'n:%' THEN substr(s.scope, 3) END AS person, ${MINE("substr(s.scope, 3)")}
       FROM (SELECT value AS id, (SELECT r.scope FROM run_scopes r WHERE r.run_id = value) AS scope FROM json_each(?1)) s
       WHERE s.scope IS NOT NULL`,
    )
    .bind(JSON.stringify(ids), salesRep);
}

export function draftsOf(db: D1Database, ids: string[], salesRep: string | null): D1PreparedStatement {
  return db
    .prepare(
      `SELECT d.id, d.customer_id, d.drafted_by AS person, ${MINE("d.customer_id")} FROM drafts d WHERE d.id ${ASKED}`,
    )
    .bind(JSON.stringify(ids), salesRep);
}
