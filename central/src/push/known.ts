/**
 * What is known before operations are judged, and what those judged already will have changed.
 *
 * Owns asking for it in one round trip and keeping it up to date in memory while a push is judged. It is a
 * forecast: the statements themselves compare and set, so what is stored is what happened. Must not judge.
 */

import { type Json, type JsonObject, isObject } from "../canonical.ts";
import type { Session } from "../tables/sessions.ts";
import { type LinkRow, linksOf } from "../tables/decisions.ts";
import { type ActionRow, actionsOf, payloadsDecidedBy, pendingUnder } from "../tables/proposed_actions.ts";
import { type ReceiptRow, receiptsOf } from "../tables/receipts.ts";
import { type Mine, type QuoteOwner, customersOf, draftsOf, quotesOf, runsOf } from "../tables/territory.ts";
import type { Stored } from "./outcome.ts";

/** Payloads of approved actions held at once. A push whose operations need more is cut short. */
const BYTES_OF_PAYLOADS = 8_000_000;

const NONE: ReadonlySet<string> = new Set();

/** What operations must know to be judged, by id. */
export class Wanted {
  readonly receipts = new Set<string>();
  readonly actions = new Set<string>();
  readonly keys = new Set<string>();
  /** Decisions whose action's payload is needed. */
  readonly releases = new Set<string>();
  /** Actions that are decided by operations judged together, by operation. */
  readonly decides = new Map<string, string>();
  readonly seqs = new Set<number>();
  readonly customers = new Set<string>();
  readonly quotes = new Set<string>();
  readonly runs = new Set<string>();
  readonly drafts = new Set<string>();
}

export interface Receipt {
  payload_hash: string;
  kind: string;
  outcome: Stored;
  result: Json;
}

export class Known {
  readonly receipts = new Map<string, Receipt>();
  readonly actions = new Map<string, ActionRow>();
  readonly waiting = new Map<string, ActionRow>();
  readonly payloads = new Map<string, JsonObject>();
  readonly links = new Map<number, LinkRow>();
  readonly customers = new Map<string, Mine>();
  readonly quotes = new Map<string, QuoteOwner>();
  readonly runs = new Map<string, Mine>();
  readonly drafts = new Map<string, Mine>();

  constructor(private readonly who: Session) {}

  /** Whether this user may write about the customer. An approver may about any. */
  mayServe(customerId: string): boolean {
    return this.who.role !== "rep" || this.customers.get(customerId)?.mine === 1;
  }

  /** Whether this user may write about a thing that is there already. What is not there is nobody's. */
  mayTouch(thing: Mine | undefined): boolean {
    if (this.who.role !== "rep" || thing === undefined) return true;
    return thing.mine === 1 || thing.person === this.who.user_name;
  }
}

/** Ask for all that is wanted. */
export async function lookUp(db: D1Database, who: Session, wanted: Wanted): Promise<Known> {
  const known = new Known(who);
  const asked: D1PreparedStatement[] = [];
  const heard: ((rows: unknown[]) => void)[] = [];
  const ask = <Row>(ids: ReadonlySet<unknown>, statement: () => D1PreparedStatement, take: (row: Row) => void) => {
    if (ids.size === 0) return;
    asked.push(statement());
    heard.push((rows) => (rows as Row[]).forEach(take));
  };
  const rep = who.sales_rep;
  // What decides only whose a thing is need not be known for an approver, who may write about all.
  const isRep = who.role === "rep";
  ask<ReceiptRow>(wanted.receipts, () => receiptsOf(db, [...wanted.receipts]), (row) => {
    known.receipts.set(row.op_id, { ...row, result: row.result === null ? null : (JSON.parse(row.result) as Json) });
  });
  ask<ActionRow>(wanted.actions, () => actionsOf(db, [...wanted.actions], rep), (row) => {
    known.actions.set(row.id, row);
  });
  ask<ActionRow>(wanted.keys, () => pendingUnder(db, [...wanted.keys], rep), (row) => {
    known.waiting.set(row.action_key, row);
    known.actions.set(row.id, row);
  });
  ask<ActionRow & { payload: string }>(
    wanted.releases,
    () => {
      const names = [...wanted.releases];
      const decidedNow = names.flatMap((name) => wanted.decides.get(name) ?? []);
      return payloadsDecidedBy(db, names, decidedNow, rep, BYTES_OF_PAYLOADS);
    },
    ({ payload, ...row }) => {
      const value = JSON.parse(payload) as Json;
      known.actions.set(row.id, row);
      if (isObject(value)) known.payloads.set(row.id, value);
    },
  );
  ask<LinkRow>(wanted.seqs, () => linksOf(db, who.public_key, [...wanted.seqs]), (row) => {
    known.links.set(row.seq, row);
  });
  ask<Mine>(isRep ? wanted.customers : NONE, () => customersOf(db, [...wanted.customers], rep), (row) => {
    known.customers.set(row.id, row);
  });
  ask<QuoteOwner>(wanted.quotes, () => quotesOf(db, [...wanted.quotes], rep), (row) => {
    known.quotes.set(row.id, row);
  });
  ask<Mine>(isRep ? wanted.runs : NONE, () => runsOf(db, [...wanted.runs], rep), (row) => {
    known.runs.set(row.id, row);
  });
  ask<Mine>(isRep ? wanted.drafts : NONE, () => draftsOf(db, [...wanted.drafts], rep), (row) => {
    known.drafts.set(row.id, row);
  });
  if (asked.length > 0) {
    const answers = await db.batch(asked);
    answers.forEach((answer, at) => heard[at]?.(answer.results));
  }
  return known;
}
