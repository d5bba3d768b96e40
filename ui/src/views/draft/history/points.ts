// The points of a draft's history that can be laid beside each other, and how they are called.

import type { DraftCompared, DraftField, Fate, HistoryEntry } from "../../../lib/gen/api";

/** Before the first change, and as it is. */
export const START = "start";
export const NOW = "now";

/** Which two points are compared; nothing is while there is no pair. */
export type Pair = { from: string; to: string };

/** The pair once an entry was pressed: from there to now; with `also`, that entry is the later point. */
export function pressed(pair: Pair | null, version: string, also: boolean): Pair | null {
  if (also) return { from: pair?.from ?? START, to: version };
  return pair?.from === version && pair.to === NOW ? null : { from: version, to: NOW };
}

/** The older point stands first. A version that is not known here is as old as can be. */
export function inOrder(pair: Pair, entries: readonly Pick<HistoryEntry, "number" | "version">[]): Pair {
  const place = (point: string): number => {
    if (point === START) return 0;
    if (point === NOW) return Number.POSITIVE_INFINITY;
    return entries.find((entry) => entry.version === point)?.number ?? 0;
  };
  return place(pair.from) <= place(pair.to) ? pair : { from: pair.to, to: pair.from };
}

/** An entry in one line: the first of what was done, and how much more. */
export function inShort(words: readonly string[]): string {
  const [first, ...more] = words;
  if (first === undefined) return "set what was so already";
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** A point in the list to choose from. */
export function pointLabel(entry: Pick<HistoryEntry, "number" | "by" | "words">): string {
  return `${entry.number} · ${entry.by ?? "somebody"}: ${inShort(entry.words)}`;
}

const FIELDS: Record<DraftField, string> = {
  customer: "customer",
  school_year: "school year",
  default_price: "price of new lines",
  include_pdf: "PDF",
  valid_until: "valid until",
  note: "note",
  line: "line",
  quantity: "cases",
  price: "price",
  line_note: "note",
  place: "place",
  removal: "removal",
  discarded: "thrown away",
};

export function fieldWord(field: DraftField): string {
  return FIELDS[field];
}

const FATES: Record<Fate, string> = { added: "new", removed: "taken off", changed: "changed" };

export function fateWord(fate: Fate): string {
  return FATES[fate];
}

export function isSame(compared: Pick<DraftCompared, "header" | "lines">): boolean {
  return compared.header.length === 0 && compared.lines.length === 0;
}
