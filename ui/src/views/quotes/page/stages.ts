// A quote's life as a row of stages: what is behind it, where it stands, what is still to come. Pure.

import type { QuoteShown } from "../../../lib/gen/api";
import { stateOf } from "../../../lib/ui/states";

export type Stage = {
  key: "drafted" | "approved" | "sent" | "answer";
  word: string;
  /** Its picture is that of this state. */
  state: string;
  standing: "done" | "current" | "ahead" | "skipped";
  at: string | null;
  by: string | null;
};

type Life = Pick<QuoteShown, "lifecycle_status" | "prepared_by" | "generated_at" | "email_sent_at" | "outcome">;

const ENDS = ["accepted", "declined", "expired", "superseded", "cancelled"];

export function stages(quote: Life): Stage[] {
  const status = quote.lifecycle_status;
  const ended = ENDS.includes(status);
  const approved = status === "approved" || status === "sent" || ended;
  const sent = status === "sent" || quote.email_sent_at !== null;
  const found: Stage[] = [
    { key: "drafted", word: "drafted", state: "draft", standing: "done", at: null, by: quote.prepared_by },
    {
      key: "approved",
      word: approved ? "approved" : status === "proposed" ? "awaiting approval" : "approval",
      state: approved ? "approved" : status === "proposed" ? "proposed" : "to_do",
      standing: approved || status === "proposed" ? "done" : "ahead",
      at: approved ? quote.generated_at : null,
      by: null,
    },
    {
      key: "sent",
      word: sent ? "sent" : ended ? "no email on record" : "to be sent",
      state: sent ? "sent" : ended ? "skipped" : "to_do",
      standing: sent ? "done" : ended ? "skipped" : "ahead",
      at: quote.email_sent_at,
      by: null,
    },
    {
      key: "answer",
      word: ended ? stateOf(status).word : "answer",
      state: ended ? status : "to_do",
      standing: ended ? "done" : "ahead",
      at: quote.outcome?.at ?? null,
      by: quote.outcome?.by ?? null,
    },
  ];
  const current = found.findLast((stage) => stage.standing === "done");
  if (current) current.standing = "current";
  return found;
}
