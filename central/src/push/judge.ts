/**
 * What is to be done with one operation, by what is known.
 *
 * Owns the checks that every kind shares and their order: answered before, whose it is, what must come first.
 * Must not write anything.
 */

import type { Session } from "../tables/sessions.ts";
import type { Change } from "./kind.ts";
import type { Known } from "./known.ts";
import { type Answer, duplicate, notYet, refusal, rejected } from "./outcome.ts";
import { type Prepared, asRefused } from "./prepare.ts";

/** An answer, or what to write to be able to give one. */
export type Judged = { answer: Answer } | { change: Change };

export interface Court {
  db: D1Database;
  who: Session;
  now: string;
  known: Known;
  /** Aggregates with an operation that was not applied: what follows in the same push waits. */
  held: ReadonlySet<string>;
}

export async function judge(prepared: Prepared, court: Court): Promise<Judged> {
  const { op } = prepared;
  const { db, who, now, known } = court;
  try {
    if (prepared.damaged !== null) throw prepared.damaged;
    const receipt = known.receipts.get(op.op_id);
    if (receipt !== undefined) {
      if (receipt.payload_hash !== op.payload_hash || receipt.kind !== op.kind) {
        throw rejected("op_id_reused", `operation ${op.op_id} was another one before`, "Report this: ids are never drawn twice.");
      }
      return { answer: duplicate(op.op_id, receipt.outcome, receipt.result) };
    }
    if (op.created_by !== who.user_name) {
      throw rejected("other_user", `${op.created_by} made this, not ${who.user_name}`, "It is sent by that person's device.");
    }
    if (court.held.has(op.aggregate)) throw notYet(`an earlier operation of ${op.aggregate} was not applied`);
    if (prepared.wrong !== null) throw prepared.wrong;
    requireAfter(prepared, known);
    const change = await prepared.kind?.judge({ op, payload: prepared.payload, known, who, db, now });
    if (change === undefined) throw new Error(`kind ${op.kind} was not read`);
    return { change };
  } catch (error) {
    return { answer: refusal(op.op_id, asRefused(error, op)) };
  }
}

function requireAfter({ op }: Prepared, known: Known): void {
  if (op.after === null) return;
  const before = known.receipts.get(op.after);
  if (before === undefined) throw notYet(`${op.after} has not arrived`);
  if (before.outcome !== "applied") {
    throw rejected("not_approved", `${op.after} does not stand: somebody else came first`, "Nothing was carried out. Look at what stands.");
  }
}

/** Whether later operations of its aggregate may be tried in the same push. */
export function leavesWayFree(answer: Answer): boolean {
  return answer.outcome === "applied" || answer.outcome === "duplicate" || answer.outcome === "conflict";
}

