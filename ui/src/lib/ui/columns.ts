// A column of a table, small or long.

import type { Snippet } from "svelte";

export type Column<T> = {
  key: string;
  /** The column's name, read out with each cell. */
  head: string;
  /** Numbers stand at the end. */
  align?: "start" | "end" | "center";
  /** In VirtualTable a grid track (`120px`, `minmax(0, 2fr)`); in DataTable a width. */
  width?: string;
  /** How a cell is drawn; else `text` is written. */
  cell?: Snippet<[T]>;
  text?: (row: T) => string;
};
