// What can be done to a draft by key and by the palette.

import type { Command } from "../../lib/commands.svelte";
import type { DraftShown } from "../../lib/gen/api";
import type { OpenDraft } from "./open.svelte";

type Deeds = {
  open: OpenDraft;
  draft: () => DraftShown | undefined;
  write: () => void;
  lines: () => void;
  preview: () => void;
  history: () => void;
  discard: () => void;
  submit: () => void;
  fresh: () => void;
};

const GROUP = "Draft";
const MOST_KEYS = 9;

export function draftCommands({ open, draft, write, lines, preview, history, discard, submit, fresh }: Deeds): Command[] {
  const choices = open.open ? (draft()?.questions.flatMap((question) => question.choices) ?? []) : [];
  return [
    { id: "draft.new", label: "New draft", group: GROUP, keys: "n", run: fresh },
    { id: "draft.submit", label: "Submit for approval", group: GROUP, keys: "Mod+Enter", inFields: true, when: () => draft()?.status === "open", run: submit },
    { id: "draft.write", label: "Write a message", group: GROUP, keys: "c", when: () => open.open, run: write },
    { id: "draft.lines", label: "Go to the lines", group: GROUP, keys: "l", run: lines },
    { id: "draft.preview", label: "Preview the PDF", group: GROUP, keys: "p", when: () => draft()?.preview != null, run: preview },
    { id: "draft.history", label: "History of this draft", group: GROUP, keys: "h", run: history },
    { id: "draft.discard", label: "Throw this draft away", group: GROUP, when: () => draft()?.status === "open" && draft()?.is_discarded === false, run: discard },
    { id: "draft.undo", label: undoLabel("Undo", draft()?.undo_label), group: GROUP, keys: "Mod+z", when: () => open.open && draft()?.can_undo === true, run: () => void open.undo() },
    { id: "draft.redo", label: undoLabel("Redo", draft()?.redo_label), group: GROUP, keys: ["Mod+Shift+z", "Mod+y"], when: () => open.open && draft()?.can_redo === true, run: () => void open.redo() },
    ...choices.slice(0, MOST_KEYS).map((choice) => ({
      id: `draft.answer.${choice.number}`,
      label: `Answer: ${choice.label}`,
      group: GROUP,
      keys: String(choice.number),
      run: () => void open.pick(choice.number),
    })),
  ];
}

function undoLabel(deed: string, label: string | null | undefined): string {
  return label ? `${deed}: ${label}` : deed;
}
