// What can be done to lines by key and by the palette.

import { announce } from "../../../lib/announce.svelte";
import type { Command } from "../../../lib/commands.svelte";
import type { DraftShown } from "../../../lib/gen/api";
import { toast } from "../../../lib/toasts.svelte";
import type { OpenDraft } from "../open.svelte";
import type { Place } from "./cells";
import { duplicateLines, moveLine, nameLines, removeLines, restoreLines } from "./lineEdits";
import type { LineCursor } from "./lines.svelte";

const GROUP = "Lines of the draft";

/** Takes the chosen lines off, with ten seconds to put them back. */
export async function removeChosen(open: OpenDraft, cursor: LineCursor, draft: DraftShown): Promise<void> {
  const ids = cursor.chosen;
  if (ids.length === 0) return;
  const name = nameLines(draft.lines, ids);
  const row = cursor.place.row;
  if (!(await open.edit(removeLines(ids)))) return;
  cursor.unpick();
  const left = open.shown?.lines.length ?? 0;
  cursor.to({ row: Math.min(row, Math.max(0, left - 1)), column: cursor.place.column });
  toast(`${name} removed`, { undo: async () => void (await open.edit(restoreLines(ids))) });
}

async function move(open: OpenDraft, cursor: LineCursor, draft: DraftShown, by: 1 | -1, go: (to: Place) => Promise<void>): Promise<void> {
  const line = cursor.line;
  const edits = line ? moveLine(draft.lines, line.line_id, by) : [];
  if (!line || edits.length === 0 || !(await open.edit(edits))) return;
  await go(cursor.place);
  announce(`${line.item_code} is now line ${cursor.place.row + 1}`);
}

export function lineCommands(
  open: OpenDraft,
  cursor: LineCursor,
  draft: () => DraftShown,
  go: (to: Place) => Promise<void>,
  write: (at: Place) => void,
): Command[] {
  const when = (): boolean => cursor.inside && cursor.writing === null && draft().status !== "closed" && cursor.line !== undefined;
  // The cell with the keyboard may have gone with its line.
  const keep = (): Promise<void> => (draft().lines.length > 0 ? go(cursor.place) : Promise.resolve());
  return [
    {
      id: "line.remove", label: "Remove the line", group: GROUP, keys: "Delete", when,
      run: () => void removeChosen(open, cursor, draft()).then(keep),
    },
    {
      id: "line.duplicate", label: "Duplicate the line", group: GROUP, keys: "Mod+d", when,
      run: () => void open.edit(duplicateLines(cursor.chosen)).then(keep),
    },
    { id: "line.up", label: "Move the line up", group: GROUP, keys: "Alt+ArrowUp", when, run: () => void move(open, cursor, draft(), -1, go) },
    { id: "line.down", label: "Move the line down", group: GROUP, keys: "Alt+ArrowDown", when, run: () => void move(open, cursor, draft(), 1, go) },
    { id: "line.write", label: "Write in the cell", group: GROUP, keys: ["Enter", "F2"], keysOnly: true, when, run: () => write(cursor.place) },
    {
      id: "line.pick", label: "Pick the line", group: GROUP, keys: "Space", keysOnly: true, when,
      run: () => {
        if (cursor.line) cursor.toggle(cursor.line.line_id);
      },
    },
  ];
}
