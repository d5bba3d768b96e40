// Which drafts are listed. Pure.

import type { DraftListed } from "../../../lib/gen/api";

export type Standing = "open" | "submitted" | "closed" | "all" | "discarded";

/** Every word typed is somewhere in what tells a draft. What was thrown away is listed by itself. */
export function fits(draft: DraftListed, text: string, standing: Standing): boolean {
  if (draft.is_discarded !== (standing === "discarded")) return false;
  if (standing !== "all" && standing !== "discarded" && draft.status !== standing) return false;
  const told = [draft.customer_name, draft.school_year, draft.quote_id, draft.revision_of, draft.drafted_by]
    .filter((part) => part !== null)
    .join(" ")
    .toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => told.includes(word));
}
