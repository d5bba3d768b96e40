// What a draft is called.

import type { DraftShown } from "../../lib/gen/api";

/** `Draft · Cedar Falls CSD (IA)`; without a customer, only that it is one. */
export function draftTitle(draft: Pick<DraftShown, "customer" | "revision_of">): string {
  const what = draft.revision_of ? "Revision" : "Draft";
  if (!draft.customer) return `${what} · no customer yet`;
  return `${what} · ${draft.customer.name}${draft.customer.state ? ` (${draft.customer.state})` : ""}`;
}
