// Where the first thing stands that keeps a draft from being submitted. The sentence comes from Rust; this finds the
// place to go to.

import type { DraftShown } from "../../../lib/gen/api";

export type MissingPlace =
  | { at: "conflicts" | "questions" | "customer" | "school_year" | "add" | "valid_until" }
  | { at: "line"; line_id: string; column: "quantity" | "price" };

/** Null when nothing can be pointed at. */
export function missingPlace(draft: DraftShown): MissingPlace | null {
  if (draft.conflicts.length > 0) return { at: "conflicts" };
  if (draft.questions.length > 0) return { at: "questions" };
  if (draft.missing !== null) {
    if (draft.customer === null) return { at: "customer" };
    if (draft.school_year === null) return { at: "school_year" };
    if (draft.lines.length === 0) return { at: "add" };
    for (const line of draft.lines) {
      if (line.quantity === null) return { at: "line", line_id: line.line_id, column: "quantity" };
      if (line.case_price === null) return { at: "line", line_id: line.line_id, column: "price" };
    }
    const twice = draft.lines.find((line, index) =>
      draft.lines.slice(0, index).some((other) => other.item_code === line.item_code && other.case_price !== line.case_price),
    );
    if (twice) return { at: "line", line_id: twice.line_id, column: "price" };
    if (draft.valid_until !== null) return { at: "valid_until" };
  }
  return null;
}

/** What keeps it from being submitted, in a sentence; null when nothing does. */
export function whyNotYet(draft: DraftShown): string | null {
  if (draft.conflicts.length > 0) {
    return draft.conflicts.length === 1
      ? "Two people set one thing differently; choose which holds."
      : `Two people set ${draft.conflicts.length} things differently; choose which hold.`;
  }
  const question = draft.questions[0];
  if (question) return `A question is open: ${question.prompt}`;
  return draft.missing === null ? null : sentence(draft.missing);
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
