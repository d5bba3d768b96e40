// The words for what a contract names: its own identifiers, read as a person reads them. Pure.

const WHOLE: Record<string, string> = { pdf: "PDF", ns: "NetSuite", ar: "AR", csv: "CSV", id: "id" };

/** `ar_forecast_touch` as “AR forecast touch”. */
export function worded(identifier: string): string {
  const words = identifier.split("_").filter(Boolean).map((word) => WHOLE[word] ?? word);
  const [first = identifier, ...rest] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(" ");
}

/** What a check found, as a person reads it: `margin_pct is 14.7626` as “margin is 14.7626%”. */
export function found(reason: string): string {
  return reason
    .replace(/\b(\w+?)_pct is (-?\d+(?:\.\d+)?)/g, (_, name: string, value: string) => `${name} is ${value}%`)
    .replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (identifier) => identifier.replaceAll("_", " "));
}

const KINDS: Record<string, string> = {
  d1_write: "writes rows",
  http_call: "makes a document",
  hitl_email_draft: "drafts an email for a person",
  ns_push: "queues a NetSuite record",
  email_send: "queues an email",
};

/** What a kind of step does. */
export function kindWord(kind: string): string {
  return KINDS[kind] ?? worded(kind).toLowerCase();
}

const OPERATIONS: Record<string, string> = {
  rows: "Records",
  http_call: "Document",
  queue: "Queued message",
  action: "Action for approval",
  decision: "Decision",
  action_void: "Withdrawal of an action",
  action_expire: "Expiry of an action",
  draft_chunk: "Edit of a draft",
  outcome: "What the customer said",
};

/** What an operation carries to the central. */
export function operationWord(kind: string): string {
  return OPERATIONS[kind] ?? worded(kind);
}

/** Bytes in the unit a person reads: `812 bytes`, `14 KB`, `2.3 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The few first letters of a hash, enough to tell two apart. */
export function short(hash: string): string {
  return hash.slice(0, 10);
}
