// The cells of the lines and how the keyboard goes through them. Pure: places in, places out.

export const COLUMNS = [
  "pick", "item", "description", "pack", "quantity", "price", "vs", "margin", "program", "net", "extended", "flags", "note",
] as const;

export type ColumnKey = (typeof COLUMNS)[number];
export type Editable = "quantity" | "price" | "note";
export type Place = { row: number; column: ColumnKey };

const EDITABLE: readonly ColumnKey[] = ["quantity", "price", "note"] satisfies Editable[];

export function isEditable(column: ColumnKey): column is Editable {
  return EDITABLE.includes(column);
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

/** Where a key leads from a cell, among the columns shown; null when it does not move. */
export function moveTo(at: Place, key: string, rows: number, shown: readonly ColumnKey[], far = false): Place | null {
  if (rows === 0) return null;
  const column = Math.max(0, shown.indexOf(at.column));
  const last = shown.length - 1;
  const to = (row: number, index: number): Place => ({
    row: clamp(row, rows - 1),
    column: shown[clamp(index, last)] ?? at.column,
  });
  switch (key) {
    case "ArrowUp":
      return to(far ? 0 : at.row - 1, column);
    case "ArrowDown":
      return to(far ? rows - 1 : at.row + 1, column);
    case "ArrowLeft":
      return to(at.row, far ? 0 : column - 1);
    case "ArrowRight":
      return to(at.row, far ? last : column + 1);
    case "Home":
      return to(far ? 0 : at.row, 0);
    case "End":
      return to(far ? rows - 1 : at.row, last);
    default:
      return null;
  }
}

/** The next cell that can be written in, on this line or a later one; null after the last, so Tab leaves. */
export function nextEditable(at: Place, rows: number, back = false): Place | null {
  const order = (column: ColumnKey): number => COLUMNS.indexOf(column);
  const here = back
    ? EDITABLE.findLast((column) => order(column) < order(at.column))
    : EDITABLE.find((column) => order(column) > order(at.column));
  if (here) return { row: at.row, column: here };
  const row = at.row + (back ? -1 : 1);
  const column = back ? EDITABLE.at(-1) : EDITABLE[0];
  return row >= 0 && row < rows && column ? { row, column } : null;
}

/** Whether a key begins writing in a cell, so that typing is enough. */
export function beginsWriting(column: ColumnKey, key: string): boolean {
  if (column === "quantity") return /^\d$/.test(key);
  if (column === "price") return /^[\d.+\-$]$/.test(key);
  return false;
}
