// What the columns are called.

import type { ColumnKey } from "./cells";

type Head = { name: string; drawn: boolean; end?: boolean; title?: string };

export const HEADS: Record<ColumnKey, Head> = {
  pick: { name: "Picked", drawn: false },
  item: { name: "Item", drawn: true },
  description: { name: "Description", drawn: true },
  pack: { name: "Pack", drawn: true },
  quantity: { name: "Cases", drawn: true, end: true },
  price: { name: "Price", drawn: true, end: true, title: "Price of a case, before any program" },
  vs: { name: "vs LY", drawn: true, end: true, title: "Against last year’s price; internal, not on the PDF" },
  margin: { name: "Margin", drawn: true, end: true, title: "Internal, not on the PDF" },
  program: { name: "Program · DF", drawn: true, end: true, title: "The program the line is under, and the donated food value of a case" },
  net: { name: "Net", drawn: true, end: true, title: "What a case costs the school under the program" },
  extended: { name: "Extended", drawn: true, end: true, title: "Cases × net price" },
  flags: { name: "Flags", drawn: false, title: "Internal, not on the PDF" },
  note: { name: "Note", drawn: true, title: "A remark the customer reads" },
};

/** Columns the customer never sees. */
export const INTERNAL: ReadonlySet<ColumnKey> = new Set<ColumnKey>(["vs", "margin", "flags"]);
