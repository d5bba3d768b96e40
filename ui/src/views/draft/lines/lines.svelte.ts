// Where the keyboard is in the lines, what is being written, and which lines are picked. Lines are held by their
// keys, so that a change from elsewhere moves nothing under the fingers.

import type { LineShown } from "../../../lib/gen/api";
import type { ColumnKey, Editable, Place } from "./cells";

export type Writing = { line_id: string; column: Editable; /** The key that began it; null to change what is there. */ key: string | null };

export class LineCursor {
  #lines: () => readonly LineShown[];
  /** The line and column the keyboard is on. */
  at = $state<{ line_id: string; column: ColumnKey } | null>(null);
  writing = $state.raw<Writing | null>(null);
  picked = $state.raw<ReadonlySet<string>>(new Set());
  /** Whether the keyboard is in the lines: only then their keys act. */
  inside = $state(false);
  #anchor: string | null = null;

  constructor(lines: () => readonly LineShown[]) {
    this.#lines = lines;
  }

  /** The cell of the keyboard as a place; the first cell to write in while nothing was chosen. */
  get place(): Place {
    const row = this.#lines().findIndex((line) => line.line_id === this.at?.line_id);
    return { row: Math.max(0, row), column: this.at?.column ?? "quantity" };
  }

  get line(): LineShown | undefined {
    return this.#lines()[this.place.row];
  }

  /** The picked lines that are still there; else the one the keyboard is on. */
  get chosen(): string[] {
    const picked = this.#lines().filter((line) => this.picked.has(line.line_id)).map((line) => line.line_id);
    if (picked.length > 0) return picked;
    return this.line ? [this.line.line_id] : [];
  }

  to(place: Place): void {
    const line = this.#lines()[place.row];
    if (line) this.at = { line_id: line.line_id, column: place.column };
  }

  toggle(lineId: string): void {
    const next = new Set(this.picked);
    if (!next.delete(lineId)) next.add(lineId);
    this.picked = next;
    this.#anchor = lineId;
  }

  /** Picks everything between the line picked last and this one. */
  pickTo(lineId: string): void {
    const ids = this.#lines().map((line) => line.line_id);
    const from = ids.indexOf(this.#anchor ?? this.at?.line_id ?? lineId);
    const to = ids.indexOf(lineId);
    if (from < 0 || to < 0) return;
    this.#anchor ??= ids[from] ?? null;
    this.picked = new Set(ids.slice(Math.min(from, to), Math.max(from, to) + 1));
  }

  pickAll(): void {
    this.picked = new Set(this.#lines().map((line) => line.line_id));
  }

  unpick(): void {
    this.picked = new Set();
    this.#anchor = null;
  }
}
