// What came close and can still take the place of what was taken. Pure.

import type { Choice, DraftShown, Understood } from "../../../lib/gen/api";

export type Alternative = { choice: Choice; place: number };

type Standing = Pick<DraftShown, "lines" | "customer" | "status">;

/** The alternatives that fit the draft as it is; one whose line is gone, or that holds already, is none. */
export function alternatives(understood: Understood, draft: Standing | undefined): Alternative[] {
  if (!draft || draft.status === "closed") return [];
  return understood.alternatives
    .map((choice, place) => ({ choice, place }))
    .filter(({ choice }) =>
      choice.changes.every((change) => {
        if (change.change === "remove_line") return draft.lines.some((line) => line.line_id === change.line_id);
        if (change.change === "set_customer") return draft.customer !== null && draft.customer.id !== change.customer_id;
        return true;
      }),
    );
}

/** Why something was taken that this person taught. */
export const TAUGHT = "you chose it before";
