// The keys of the decision bar and of reading a detail, offered while it is on the screen.

import { useCommands } from "../../../lib/commands.svelte";

type Deeds = {
  decides: () => boolean;
  releases: () => boolean;
  edits: () => boolean;
  hasPdf: () => boolean;
  pdfOpen: () => boolean;
  approve: () => void;
  release: () => void;
  edit: () => void;
  reject: () => void;
  note: () => void;
  pdf: () => void;
  effects: () => void;
  part: (number: number) => void;
  scroll: (by: number) => void;
  overtaken: () => boolean;
  reload: () => void;
};

const PARTS = ["what changes", "what worries", "what will happen", "who and when"];

export function useDecisionKeys(deeds: Deeds): void {
  const group = "Decide";
  const reading = "Read the detail";
  useCommands(() => [
    { id: "approve", label: "Approve", group, keys: "a", when: deeds.decides, run: deeds.approve },
    { id: "release", label: "Approve and release", group, keys: "Shift+A", when: deeds.releases, run: deeds.release },
    { id: "edit", label: "Edit", group, keys: "e", when: deeds.edits, run: deeds.edit },
    { id: "reject", label: "Reject with a reason", group, keys: "r", when: deeds.decides, run: deeds.reject },
    { id: "note", label: "Add a note to the approval", group, keys: "n", when: deeds.decides, run: deeds.note },
    { id: "reload", label: "Show what is so now", group, keys: "u", when: deeds.overtaken, run: deeds.reload },
    { id: "pdf", label: "Show or put away the PDF", group: reading, keys: "Space", when: deeds.hasPdf, run: deeds.pdf },
    { id: "pdf.close", label: "Put the PDF away", group: reading, keys: "Escape", keysOnly: true, when: () => deeds.hasPdf() && deeds.pdfOpen(), run: deeds.pdf },
    { id: "effects", label: "Open or close every effect", group: reading, keys: "o", run: deeds.effects },
    ...PARTS.map((name, index) => ({
      id: `part ${index + 1}`,
      label: `Go to ${name}`,
      group: reading,
      keys: String(index + 1),
      keysOnly: true,
      run: () => deeds.part(index + 1),
    })),
    { id: "scroll.down", label: "Scroll the detail down", group: reading, keys: "Shift+ArrowDown", keysOnly: true, run: () => deeds.scroll(1) },
    { id: "scroll.up", label: "Scroll the detail up", group: reading, keys: "Shift+ArrowUp", keysOnly: true, run: () => deeds.scroll(-1) },
  ]);
}
