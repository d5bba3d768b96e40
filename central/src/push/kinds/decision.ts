/**
 * `decision`: a person said yes or no to exactly what was shown, and signed it.
 *
 * Owns everything a decision must prove before it counts, and that the first one stands. Must not carry out
 * what it releases: that comes as operations of its own.
 */

import { NotCanonical, isObject, readCanonical } from "../../canonical.ts";
import { fromHex, sha256 } from "../../hex.ts";
import { DECISION, signatureHolds } from "../../signature.ts";
import { alertOverruled, keepDecision } from "../../tables/decisions.ts";
import { type Around, type DecisionFacts, decideVerdict, markDecided } from "../../tables/proposed_actions.ts";
import { badPayload, field, maybe, word } from "../fields.ts";
import { type Case, kind } from "../kind.ts";
import { opOf } from "../names.ts";
import { type Refused, notYet, rejected } from "../outcome.ts";

interface Signed {
  record: string;
  facts: DecisionFacts & { drafted_by: string };
  around: Around;
  seq: number;
  prev_hash: string;
  hash: string;
  signature: string;
  public_key: string;
  /** What the first decision of a profile is bound to. */
  genesis: string;
}

const GENESIS = "fieldquote decisions";

export const decision = kind<Signed>({
  async read(payload) {
    const record = field(payload, "record", "text");
    const signature = field(payload, "signature", "text");
    const publicKey = field(payload, "public_key", "text");
    if (!(await signatureHolds(DECISION, record, signature, publicKey))) {
      throw rejected("bad_signature", "the signature does not hold", "Run `fieldquote audit verify` on the device.");
    }
    const facts = readRecord(record);
    const signed: Signed = {
      record,
      facts,
      around: { staged: await opOf(facts.action_id, "staged"), expired: await opOf(facts.action_id, "expired") },
      seq: field(payload, "seq", "count"),
      prev_hash: field(payload, "prev_hash", "sha256"),
      hash: field(payload, "hash", "sha256"),
      signature,
      public_key: publicKey,
      genesis: await sha256(GENESIS),
    };
    if (signed.seq < 1) throw badPayload("seq begins at 1");
    if ((await chained(signed.prev_hash, record)) !== signed.hash) throw chainBroken();
    return signed;
  },

  want(signed, op, wanted) {
    wanted.decides.set(op.op_id, signed.facts.action_id);
    wanted.actions.add(signed.facts.action_id);
    wanted.receipts.add(signed.around.staged).add(signed.around.expired);
    wanted.seqs.add(signed.seq - 1).add(signed.seq).add(signed.seq + 1);
  },

  judge(given) {
    const { op, payload: signed, known, who, db, now } = given;
    const { facts } = signed;
    if (signed.public_key !== who.public_key) {
      throw rejected("bad_signature", "it is not signed with this device's key", "Decide again on this device.");
    }
    requireLinked(given);
    if (facts.decided_by !== who.user_name) {
      throw rejected("other_user", `${facts.decided_by} decided this, not ${who.user_name}`, "It is sent by that person's device.");
    }
    if (who.role === "rep") {
      throw rejected("not_allowed", "only an approver decides", "Ask an approver to decide.");
    }
    const action = known.actions.get(facts.action_id);
    if (action === undefined && known.receipts.get(signed.around.staged)?.outcome !== "conflict") {
      throw notYet(`action ${facts.action_id} has not arrived`);
    }
    if (action !== undefined && action.drafted_by !== facts.drafted_by) {
      throw badPayload(`${action.drafted_by} drafted action ${action.id}, not ${facts.drafted_by}`);
    }
    const isOwn = facts.drafted_by === facts.decided_by && facts.verdict === "approved";
    if (isOwn && action?.self_approval === "refused") {
      throw rejected("not_allowed", `${facts.decided_by} drafted this and may not approve it`, "Ask another approver.");
    }
    const expiredHere = action?.status === "expired" && known.receipts.get(signed.around.expired)?.outcome !== "applied";
    const stands =
      action !== undefined &&
      action.payload_hash === facts.payload_hash &&
      (action.status === "pending" || (expiredHere && facts.decided_at <= action.expires_at));
    return {
      verdict: decideVerdict(facts, signed.around, signed),
      releasedBy: null,
      effects: [
        markDecided(db, op.op_id, facts, now),
        keepDecision(db, op.op_id, { ...signed, action_id: facts.action_id, device_id: who.device_id }, now),
        alertOverruled(db, op.op_id, facts, now),
      ],
      expected: stands
        ? { outcome: "applied", result: { action_id: facts.action_id, status: facts.verdict } }
        : { outcome: "conflict", result: null },
      queue: null,
      note(known) {
        known.links.set(signed.seq, { seq: signed.seq, hash: signed.hash, prev_hash: signed.prev_hash });
        if (!stands) return;
        const { verdict: status, decided_by, decided_at, note: decision_note } = facts;
        known.actions.set(action.id, { ...action, status, decided_by, decided_at, decision_note });
        known.waiting.delete(action.action_key);
      },
    };
  },
});

function readRecord(record: string): Signed["facts"] {
  let read;
  try {
    read = readCanonical(record);
  } catch (error) {
    if (error instanceof NotCanonical) throw badPayload(`the record is not canonical: ${error.message}`);
    throw error;
  }
  if (!isObject(read)) throw badPayload("the record is not an object");
  return {
    action_id: field(read, "action_id", "id"),
    verdict: word(read, "verdict", ["approved", "rejected"]),
    payload_hash: field(read, "payload_hash", "sha256"),
    drafted_by: field(read, "drafted_by", "line"),
    decided_by: field(read, "decided_by", "line"),
    decided_at: field(read, "decided_at", "time"),
    note: maybe(read, "note", "text"),
  };
}

/** The hash of a decision: over the one before it and what was signed. */
async function chained(prevHash: string, record: string): Promise<string> {
  const bytes = new Uint8Array(64);
  bytes.set(fromHex(prevHash) ?? []);
  bytes.set(fromHex(await sha256(record)) ?? [], 32);
  return sha256(bytes);
}

function chainBroken(): Refused {
  return rejected("chain_broken", "it does not follow the decision before it", "Run `fieldquote audit verify` on the device.");
}

/** Wherever a neighbour is known, the link must fit, and no two decisions take one place. */
function requireLinked({ payload: signed, known }: Case<Signed>): void {
  const [before, same, after] = [-1, 0, 1].map((step) => known.links.get(signed.seq + step));
  const fits =
    (before === undefined || before.hash === signed.prev_hash) &&
    (same === undefined || same.hash === signed.hash) &&
    (after === undefined || after.prev_hash === signed.hash) &&
    (signed.seq !== 1 || signed.prev_hash === signed.genesis);
  if (!fits) throw chainBroken();
}
