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
  said = { text, urgent };
}
