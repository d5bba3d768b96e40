/**
 * `quote_outcome`: the customer said yes or no to a quote.
 *
 * Owns that only a quote which waits for an answer gets one, and that the first stands. Needs no approval: it
 * says what happened. Must not change anything else of the quote.
 */

import { type NewOutcome, OPEN, markAnswered, outcomeVerdict, putOutcome } from "../../tables/quote_outcomes.ts";
import { badPayload, field, maybe, word } from "../fields.ts";
import { kind } from "../kind.ts";
import { notYet, rejected } from "../outcome.ts";
import { notYours } from "../territory.ts";

const REASONS = ["price", "competitor", "program_change", "not_needed", "other"] as const;

export const quoteOutcome = kind<NewOutcome>({
  read(payload) {
    const made: NewOutcome = {
      quote_id: field(payload, "quote_id", "id"),
      outcome: word(payload, "outcome", ["accepted", "declined"]),
      reason: maybe(payload, "reason", "text") === null ? null : word(payload, "reason", REASONS),
      competitor: maybe(payload, "competitor", "line"),
      note: maybe(payload, "note", "text"),
      decided_by: field(payload, "decided_by", "line"),
      decided_at: field(payload, "decided_at", "time"),
    };
    if (made.outcome === "declined" && made.reason === null) throw badPayload("it was declined, and no reason is given");
    return made;
  },

  want(made, _op, wanted) {
    wanted.quotes.add(made.quote_id);
  },

  judge({ op, payload: made, known, who, db, now }) {
    if (made.decided_by !== who.user_name) {
      throw rejected("other_user", `${made.decided_by} recorded this, not ${who.user_name}`, "It is sent by that person's device.");
    }
    const quote = known.quotes.get(made.quote_id);
    if (quote === undefined) throw notYet(`quote ${made.quote_id} has not arrived`);
    if (!known.mayTouch(quote)) throw notYours(quote.customer_id);
    if (quote.lifecycle_status === "draft" || quote.lifecycle_status === "proposed") {
      throw notYet(`quote ${made.quote_id} is not approved`);
    }
    const isOpen = OPEN.includes(quote.lifecycle_status);
    return {
      verdict: outcomeVerdict(made.quote_id),
      releasedBy: null,
      effects: [putOutcome(db, op.op_id, made, now), markAnswered(db, op.op_id, made, now)],
      expected: { outcome: isOpen ? "applied" : "conflict", result: null },
      queue: null,
      note(known) {
        if (isOpen) known.quotes.set(quote.id, { ...quote, lifecycle_status: made.outcome });
      },
    };
  },
});
