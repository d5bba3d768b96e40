// What a screen reader is told without the focus moving.

let said = $state({ text: "", urgent: false });

export const announcement = {
  get text() {
    return said.text;
  },
  get urgent() {
    return said.urgent;
  },
};

/** Says it once; `urgent` interrupts. */
export function announce(text: string, urgent = false): void {
  // The same words a second time are heard only if the text differs: by a space that is not read.
  said = { text: text === said.text ? `${text}\u00a0` : text, urgent };
}
