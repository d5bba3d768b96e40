/**
 * From operations to answers: many in one D1 batch when nothing stands in the way, one by one when something
 * does.
 *
 * Owns that an operation and its receipt are one transaction, that the answer is what the database says
 * happened, and that trouble with one operation is that operation's alone. Must not know any kind.
 */

import type { Json } from "../canonical.ts";
import type { Env } from "../env.ts";
import { putReceipt } from "../tables/receipts.ts";
import type { Session } from "../tables/sessions.ts";
import { tellQueues } from "./enqueue.ts";
import { type Court, judge, leavesWayFree } from "./judge.ts";
import type { Change } from "./kind.ts";
import { Wanted, lookUp } from "./known.ts";
import { type Answer, type Stored, duplicate, notYet, refusal, rejected, stored, unavailable } from "./outcome.ts";
import { type Prepared, wantFor } from "./prepare.ts";

/** D1 allows 1,000 queries an invocation; some are spent before and after. */
const STATEMENTS_A_PUSH = 900;
/** A batch is one transaction of at most 30 seconds; these limits keep it far below one. */
const STATEMENTS_A_BATCH = 300;
const BYTES_A_BATCH = 4_000_000;
const LOOK_UP = 9;

interface Planned {
  at: number;
  prepared: Prepared;
  change: Change;
}

export class Drain {
  private readonly answers: (Answer | undefined)[];
  private spent = 0;
  private readonly queued: Planned[] = [];

  constructor(
    private readonly env: Env,
    private readonly who: Session,
    private readonly now: string,
    private readonly ops: Prepared[],
  ) {
    this.answers = new Array<Answer | undefined>(ops.length);
  }

  async run(): Promise<Answer[]> {
    let at = 0;
    const held = new Set<string>();
    while (at < this.ops.length) at = await this.runFrom(at, held);
    await tellQueues(this.env, this.queued.map(({ prepared, change }) => ({ op_id: prepared.op.op_id, change })), this.now);
    return this.ops.map(({ op }, place) => this.answers[place] ?? refusal(op.op_id, unavailable()));
  }

  /** As many operations from there on as one batch after another can take; gives where to go on. */
  private async runFrom(start: number, held: Set<string>): Promise<number> {
    let court: Court;
    try {
      court = await this.courtOf(this.ops.slice(start), held);
    } catch (error) {
      this.log("look-up", this.ops[start] as Prepared, error);
      return this.ops.length; // The database does not answer: all that is left is sent again.
    }
    let at = start;
    while (at < this.ops.length) {
      const before = new Set(held);
      const { end, planned, echoes } = await this.plan(at, court, held);
      const committed = await this.commit(planned);
      if (committed === "undone") {
        held.clear();
        before.forEach((aggregate) => held.add(aggregate));
        for (let place = at; place < end; place += 1) await this.alone(place, held);
        return end;
      }
      for (const [place, first] of echoes) this.answers[place] = this.echo(place, first);
      at = end;
      if (committed === "otherwise") return at; // What was foreseen did not come true: the rest is judged anew.
    }
    return at;
  }

  /** Judge operations from there on until a batch is full, as if all of them come out as expected. */
  private async plan(start: number, court: Court, held: Set<string>) {
    const planned: Planned[] = [];
    const echoes: [number, number][] = [];
    const places = new Map<string, number>();
    let [statements, bytes, at] = [0, 0, start];
    for (; at < this.ops.length; at += 1) {
      const prepared = this.ops[at] as Prepared;
      const { op } = prepared;
      const first = places.get(op.op_id);
      if (first !== undefined) {
        echoes.push([at, first]);
        continue;
      }
      const judged = await judge(prepared, court);
      if ("answer" in judged) {
        this.answers[at] = judged.answer;
        if (!leavesWayFree(judged.answer)) held.add(op.aggregate);
        continue;
      }
      const { change } = judged;
      const size = change.effects.length + 1;
      if (this.spent + statements + size > STATEMENTS_A_PUSH) {
        this.answers[at] = refusal(op.op_id, notYet("this push holds more than is done at once"));
        held.add(op.aggregate);
        continue;
      }
      const isFull = statements + size > STATEMENTS_A_BATCH || bytes + prepared.size > BYTES_A_BATCH;
      if (isFull && planned.length > 0) break;
      statements += size;
      bytes += prepared.size;
      planned.push({ at, prepared, change });
      places.set(op.op_id, at);
      court.known.receipts.set(op.op_id, { payload_hash: op.payload_hash, kind: op.kind, ...change.expected });
      change.note?.(court.known);
    }
    return { end: at, planned, echoes };
  }

  /** All of them in one transaction: as foreseen or otherwise, or undone when any of them cannot be. */
  private async commit(planned: Planned[]): Promise<"foreseen" | "otherwise" | "undone"> {
    if (planned.length === 0) return "foreseen";
    try {
      await this.write(planned);
    } catch (error) {
      this.log("batch", (planned[0] as Planned).prepared, error);
      return "undone";
    }
    const isForeseen = planned.every(({ at, change }) => this.answers[at]?.outcome === change.expected.outcome);
    return isForeseen ? "foreseen" : "otherwise";
  }

  /** One operation by itself, on what is known by now. */
  private async alone(at: number, held: Set<string>): Promise<void> {
    const prepared = this.ops[at] as Prepared;
    const { op } = prepared;
    let answer = refusal(op.op_id, notYet("this push holds more than is done at once"));
    try {
      // A look-up can be overtaken by another device; the second one then sees what overtook it.
      for (let attempt = 1; attempt <= 2 && this.spent + LOOK_UP < STATEMENTS_A_PUSH; attempt += 1) {
        const judged = await judge(prepared, await this.courtOf([prepared], held));
        if ("answer" in judged) {
          answer = judged.answer;
          break;
        }
        try {
          await this.write([{ at, prepared, change: judged.change }]);
          answer = this.answers[at] as Answer;
          break;
        } catch (error) {
          this.log("alone", prepared, error);
          answer = refusal(op.op_id, isItsOwnFault(error) ? unfit(error) : unavailable());
        }
      }
    } catch (error) {
      this.log("look-up", prepared, error);
      answer = refusal(op.op_id, unavailable());
    }
    this.answers[at] = answer;
    if (!leavesWayFree(answer)) held.add(op.aggregate);
  }

  /** Write them, each receipt before its effects, and answer with what the receipts say. */
  private async write(planned: Planned[]): Promise<void> {
    const statements: D1PreparedStatement[] = [];
    const places: number[] = [];
    for (const { prepared, change } of planned) {
      places.push(statements.length);
      statements.push(putReceipt(this.env.DB, prepared.op, this.who, change, this.now), ...change.effects);
    }
    this.spent += statements.length;
    const results = await this.env.DB.batch<{ outcome: Stored; result: string | null }>(statements);
    planned.forEach(({ at, prepared, change }, index) => {
      const row = results[places[index] as number]?.results[0];
      if (row === undefined) throw new Error("a receipt was not given back");
      const result = row.result === null ? null : (JSON.parse(row.result) as Json);
      this.answers[at] = stored(prepared.op.op_id, row.outcome, result);
      if (row.outcome === "applied" && change.queue !== null) this.queued.push({ at, prepared, change });
    });
  }

  /** An operation that is in the push twice is answered as if it had come later. */
  private echo(at: number, first: number): Answer {
    const [prepared, earlier] = [this.ops[at] as Prepared, this.ops[first] as Prepared];
    const answer = this.answers[first] as Answer;
    if (prepared.op.payload_hash !== earlier.op.payload_hash || prepared.op.kind !== earlier.op.kind) {
      return refusal(prepared.op.op_id, rejected("op_id_reused", `operation ${prepared.op.op_id} is another one before`, "Report this: ids are never drawn twice."));
    }
    return duplicate(prepared.op.op_id, answer.outcome as Stored, answer.result);
  }

  private async courtOf(ops: Prepared[], held: ReadonlySet<string>): Promise<Court> {
    const wanted = new Wanted();
    ops.forEach((prepared) => wantFor(prepared, wanted));
    this.spent += LOOK_UP;
    const known = await lookUp(this.env.DB, this.who, wanted);
    return { db: this.env.DB, who: this.who, now: this.now, known, held };
  }

  private log(where: string, prepared: Prepared, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    console.warn(JSON.stringify({ at: `push.${where}`, op_id: prepared.op.op_id, kind: prepared.op.kind, message }));
  }
}

/** Whether the database refused the data, and would refuse it again. */
function isItsOwnFault(error: unknown): boolean {
  const message = error instanceof Error ? error.message : "";
  return (
    /SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)|constraint failed|cannot store|malformed JSON|too big/.test(message) &&
    !message.includes("receipts.")
  );
}

function unfit(error: unknown) {
  const told = /(\w+ constraint failed: [\w., ]+|cannot store \w+ value in \w+ column [\w.]+)/.exec(String(error))?.[1];
  return rejected("bad_row", `the central cannot store it: ${told ?? "a value does not fit"}`, "Report this; nothing of it was written.");
}
