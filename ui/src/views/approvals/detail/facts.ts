// What an action shows, whatever its kind, as the parts the detail is made of. Pure.

import type {
  ActionShown, CheckResult, EmailShown, Exposure, Flag, GatePreview, GateShown, LineReview, PlannedStep, PriceChange, Quote,
} from "../../../lib/gen/api";
import type { LetterText } from "../release/letter";

export type Facts = {
  quote: Quote | null;
  changes: PriceChange[];
  reviews: LineReview[];
  flags: Flag[];
  checks: CheckResult[];
  exposure: Exposure | null;
  releases: PlannedStep[];
  /** The newest change in the data it rests on; undefined when it rests on none. */
  dataAsOf: string | null | undefined;
  /** The gate itself, when that is what is decided on. */
  gate: GateShown | null;
  /** What approving and releasing at once is bound to. */
  preview: GatePreview | null;
  /** Why nobody can say what the gate would show. */
  problem: string | null;
  /** The quote whose lines can be typed over. */
  lines: Quote | null;
  /** The email that can be written over. */
  email: EmailShown | null;
  /** Whether there is a PDF the customer would get. */
  pdf: boolean;
};

const NOTHING: Facts = {
  quote: null, changes: [], reviews: [], flags: [], checks: [], exposure: null, releases: [], dataAsOf: undefined, gate: null, preview: null,
  problem: null, lines: null, email: null, pdf: false,
};

const makesPdf = (steps: readonly PlannedStep[]): boolean => steps.some((step) => step.does === "document");

export function factsOf({ shows, lines }: ActionShown): Facts {
  switch (shows.kind) {
    case "quote_draft": {
      const { quote, price_changes, flags, exposure, data_as_of } = shows.submission;
      return {
        ...NOTHING, quote, changes: price_changes, reviews: lines, flags, exposure, dataAsOf: data_as_of, lines: quote, pdf: quote.include_pdf,
        checks: shows.gate?.checks ?? [], releases: shows.gate?.releases ?? [], preview: shows.gate, problem: shows.gate_problem,
      };
    }
    case "gate": {
      const { quote, price_changes, flags, checks, exposure, releases, data_as_of } = shows.gate;
      return {
        ...NOTHING, quote, changes: price_changes, reviews: lines, flags, checks, exposure, releases, dataAsOf: data_as_of, gate: shows.gate,
        lines: quote, pdf: makesPdf(releases),
      };
    }
    case "email":
      return { ...NOTHING, email: shows.email, pdf: shows.email.attachment !== null };
    case "other":
      return NOTHING;
  }
}

/** The email as a letter to be read. */
export function letterIn(email: EmailShown): LetterText {
  return { ...email, attachment: email.attachment?.object ?? null };
}
