// The words for what actions, worries, checks and effects are. Pure; one place, so a thing has one name.

import type { ActionListed, CheckResult, FlagKind, PlannedStep } from "../../lib/gen/api";

export type Kind = {
  /** What the queue calls it. */
  word: string;
  /** What its approval does, as a sentence. */
  does: string;
};

const KINDS: Record<string, Kind> = {
  quote_draft: { word: "quote", does: "Approving starts the release, which asks once more before anything is written." },
  workflow_customer_quote: { word: "release", does: "Approving writes the quote and its prices, and queues what goes out." },
  send_quote_to_customer: { word: "email", does: "Approving sends this email, once. It cannot be called back." },
};

export function kindOf(actionType: string): Kind {
  return KINDS[actionType] ?? { word: actionType.replaceAll("_", " "), does: "Approving carries out what is shown here." };
}

/** What a row is called when there is no customer to name. */
export function nameOf(row: Pick<ActionListed, "customer_name" | "summary">): string {
  return row.customer_name ?? row.summary;
}

/** Whether a line's margin cannot be told. An email has no lines, and so nothing to tell. */
export function hidesMargin(row: Pick<ActionListed, "worst_margin_known" | "flags">): boolean {
  return !row.worst_margin_known && (row.flags.includes("missing_cost") || row.flags.includes("zero_price"));
}

const FLAGS: Record<FlagKind, { rule: string; tone: "danger" | "warn" | "info" }> = {
  customer_on_hold: { rule: "Customer on hold", tone: "danger" },
  customer_inactive: { rule: "Customer not active", tone: "danger" },
  letterhead_unset: { rule: "No letterhead", tone: "warn" },
  over_credit_limit: { rule: "Over the credit limit", tone: "danger" },
  duplicate_open_quote: { rule: "Quoted already", tone: "warn" },
  missing_cost: { rule: "Cost unknown", tone: "danger" },
  zero_price: { rule: "No price", tone: "danger" },
  below_floor: { rule: "Below the margin floor", tone: "warn" },
  new_item: { rule: "New item for this customer", tone: "info" },
  stale_price: { rule: "Old price", tone: "warn" },
  discontinued_item: { rule: "Discontinued item", tone: "warn" },
  several_programs: { rule: "Several programs", tone: "info" },
  donated_food_exceeds_price: { rule: "Donated food over the price", tone: "warn" },
};

export function flagOf(kind: FlagKind): { rule: string; tone: "danger" | "warn" | "info" } {
  return FLAGS[kind] ?? { rule: (kind as string).replaceAll("_", " "), tone: "warn" };
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** A check's outcome with what it means; `state` chooses picture and colour. */
export function outcomeOf(check: CheckResult): { state: string; word: string } {
  if (check.outcome === "passed") return { state: "passed", word: "holds" };
  const blocks = check.severity === "block";
  const word = check.outcome === "failed" ? "does not hold" : "cannot be told";
  return { state: blocks ? "failed" : "warn", word: `${word}, ${blocks ? "stops the release" : "a warning"}` };
}

/** Whether a check stops a release: what blocks and is not known to hold. */
export function stops(check: CheckResult): boolean {
  return check.severity === "block" && check.outcome !== "passed";
}

const TABLES: Record<string, string> = {
  quotes: "the quote",
  quote_lines: "its lines",
  proposed_pricing: "proposed prices",
  price_history: "the price history",
  pricing_master: "the price list",
  customer_profiles: "the customer’s profile",
};

export function tableOf(table: string): string {
  return TABLES[table] ?? table.replaceAll("_", " ");
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** What a planned step does, as an order of words. */
export function stepOf(step: PlannedStep): { title: string; detail: string } {
  switch (step.does) {
    case "skip":
      return { title: step.id.replaceAll("_", " "), detail: `left out: ${step.reason}` };
    case "write": {
      const tables = [...new Set(step.writes.map((write) => tableOf(write.table)))];
      const rows = step.writes.reduce((sum, write) => sum + write.rows.length, 0);
      return { title: `Write ${listed(tables)}`, detail: countOf(rows, "row") };
    }
    case "document":
      return { title: "Make and keep the PDF", detail: `${countOf(step.pages, "page")}, ${step.size.toLocaleString("en-US")} bytes` };
    case "email_draft":
      return { title: "Draft the email to the customer", detail: "waits for an approval of its own" };
    case "push":
      return { title: `Queue the ${step.record} for NetSuite`, detail: "goes when there is a connection" };
    case "send":
      return { title: "Send the email", detail: "goes when there is a connection" };
  }
}
