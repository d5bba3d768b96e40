// What a draft is called, and for whom it is.

import type { CustomerShown, DraftShown } from "../../lib/gen/api";

/** `Draft · Cedar Falls CSD (IA)`; without a customer, only that it is one. */
export function draftTitle(draft: Pick<DraftShown, "customer" | "revision_of">): string {
  const what = draft.revision_of ? "Revision" : "Draft";
  if (!draft.customer) return `${what} · no customer yet`;
  return `${what} · ${draft.customer.name}${draft.customer.state ? ` (${draft.customer.state})` : ""}`;
}

export function place(one: { city: string | null; state: string | null }): string {
  return [one.city, one.state].filter(Boolean).join(", ");
}

/** A customer in one line. One that left the territory is told by its key alone. */
export function customerLine(customer: CustomerShown): string {
  if (!customer.is_here) return `${customer.id} (not on this device)`;
  return [customer.name, place(customer)].filter(Boolean).join(" · ");
}
