// Which drafts are listed. Pure.

import type { DraftListed } from "../../../lib/gen/api";

export type Standing = "open" | "submitted" | "closed" | "all";

/** Every word typed is somewhere in what tells a draft. */
export function fits(draft: DraftListed, text: string, standing: Standing): boolean {
  if (standing !== "all" && draft.status !== standing) return false;
  const told = [draft.customer_name, draft.school_year, draft.quote_id, draft.revision_of, draft.drafted_by]
    .filter((part) => part !== null)
    .join(" ")
    .toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => told.includes(word));
}
