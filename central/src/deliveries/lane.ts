/**
 * Something that is delivered: pushes to NetSuite, emails. Owns the shape of what the two have in common; how a
 * message of their queues is worked off is deliver.ts.
 */

import type { Env } from "../env.ts";
import type { LaneTable } from "../tables/leases.ts";

/** A row somebody has the lease of. */
export interface Leased {
  op_id: string;
  quote_id: string;
  /** Failed attempts so far. */
  attempts: number;
  lease_until: string;
  /** Somebody had it before and did not say how it ended. */
  unfinished: boolean;
}

export interface Lane<Row extends Leased> {
  /** For logs and people: `NetSuite`, `the mail provider`. */
  name: string;
  /** What is delivered, in the words of an alert: `The estimate of Q-1`. */
  what(row: Row): string;
  table: LaneTable;
  queue(env: Env): Queue<{ op_id: string }>;
  /** What is not configured, or null when it can go. */
  missing(env: Env): string | null;
  /** Take the lease; null when there is nothing to do or somebody else is at it. */
  take(db: D1Database, opId: string, now: string, until: string): Promise<Row | null>;
  /** One attempt; the statements that record its success. Throws TryAgain or Refused. */
  carryOut(env: Env, row: Row, until: AbortSignal): Promise<D1PreparedStatement[]>;
}
