// What an action shows, whatever its kind, as the parts the detail is made of. Pure.

import type { ActionShown, CheckResult, EmailShown, Exposure, Flag, LineReview, PlannedStep, PriceChange, Quote } from "../../../lib/gen/api";

export type Facts = {
  quote: Quote | null;
  changes: PriceChange[];
  reviews: LineReview[];
  flags: Flag[];
  checks: CheckResult[];
  exposure: Exposure | null;
  releases: PlannedStep[];
  /** The quote whose lines can be typed over. */
  lines: Quote | undefined;
  /** The email that can be written over. */
  email: EmailShown | undefined;
  /** Whether there is a PDF the customer would get. */
  pdf: boolean;
};

const NOTHING: Facts = {
  quote: null, changes: [], reviews: [], flags: [], checks: [], exposure: null, releases: [], lines: undefined, email: undefined, pdf: false,
};

const makesPdf = (steps: readonly PlannedStep[]): boolean => steps.some((step) => step.does === "document");

export function factsOf({ shows }: ActionShown): Facts {
  switch (shows.kind) {
    case "quote_draft": {
      const { quote, price_changes, flags, exposure } = shows.submission;
      const { checks, releases } = shows.gate;
      return { ...NOTHING, quote, changes: price_changes, reviews: shows.lines, flags, checks, exposure, releases, lines: quote, pdf: quote.include_pdf };
    }
    case "gate":
      return {
        ...NOTHING,
        quote: shows.quote,
        changes: shows.price_changes,
        reviews: shows.lines,
        flags: shows.flags,
        checks: shows.checks,
        exposure: shows.exposure,
        releases: shows.releases,
        lines: shows.quote ?? undefined,
        pdf: makesPdf(shows.releases),
      };
    case "email":
      return { ...NOTHING, email: shows.email, pdf: shows.email.attachment !== null };
    case "other":
      return NOTHING;
  }
}
