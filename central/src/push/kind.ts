/**
 * What every kind of operation must say of itself.
 *
 * Owns the contract between the push and its kinds: a kind reads its payload, names what must be known
 * before it can be judged, and then either refuses or gives the statements that make it true. Must not touch
 * a database.
 */

import type { Json, JsonObject } from "../canonical.ts";
import type { Op } from "./envelope.ts";
import type { Session } from "../tables/sessions.ts";
import type { Known, Wanted } from "./known.ts";
import type { Stored } from "./outcome.ts";

/** What a receipt will say: one row (outcome, result), its parameters from ?10 on. Outcome NULL undoes all. */
export interface Verdict {
  sql: string;
  values: (string | number | null)[];
}

/** One operation carried out: all of it or nothing. */
export interface Change {
  verdict: Verdict;
  /** The action whose approval, named as `after`, releases this; null when it needs none. */
  releasedBy: string | null;
  /** Statements that look at the receipt wherever it could also say `conflict`. */
  effects: D1PreparedStatement[];
  /** What the receipt will say unless somebody comes between; the database has the last word. */
  expected: { outcome: Stored; result: Json };
  /** Which queue is told once it is committed. */
  queue: "NS_PUSH_QUEUE" | "MAIL_QUEUE" | null;
  /** What those judged after it will find changed. */
  note?: (known: Known) => void;
}

export interface Case<T> {
  op: Op;
  payload: T;
  known: Known;
  who: Session;
  db: D1Database;
  now: string;
}

export interface Kind<T> {
  /** The payload, or a refusal. */
  read(payload: JsonObject, op: Op): T | Promise<T>;
  /** What must be known to judge it. */
  want(payload: T, op: Op, wanted: Wanted): void;
  /** The statements, or a refusal. */
  judge(given: Case<T>): Change | Promise<Change>;
}

/** A kind whose payload type is its own affair. */
export type AnyKind = Kind<unknown>;

export function kind<T>(made: Kind<T>): AnyKind {
  return made as AnyKind;
}
