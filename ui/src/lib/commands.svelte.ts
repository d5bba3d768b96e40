// What can be done now, by whom it was offered, and the keys for it. Views register; the palette, the key map
// and the keyboard read. A later offer of the same keys wins over an earlier one, so a view can take a key over.

import { onDestroy, untrack } from "svelte";
import { answersPress, Chords, isTyping, nameOf } from "./keys";

export type Command = {
  id: string;
  /** What it does, as an order: “Approve”, “Go to quotes”. */
  label: string;
  /** Where it stands in the key map. */
  group?: string;
  /** One shortcut or several for the same thing. */
  keys?: string | string[];
  run: () => void;
  /** Whether it can be done right now; always, when left out. */
  when?: () => boolean;
  /** Also while a field has the focus: for strokes with Mod only. */
  inFields?: boolean;
  /** Not in the palette: it makes no sense without its keys. */
  keysOnly?: boolean;
};

// Plain, with a count to be heard by: while one page takes another's place, both write here within one turn, and
// state read there is still the state before it.
let offers: readonly (() => readonly Command[])[] = [];
let turns = $state(0);

function became(next: readonly (() => readonly Command[])[]): void {
  offers = next;
  untrack(() => (turns += 1));
}

/** Offers commands while the component is mounted. The function may read state. */
export function useCommands(commands: () => readonly Command[]): void {
  became([...offers, commands]);
  onDestroy(() => became(offers.filter((offer) => offer !== commands)));
}

/** Everything offered, the latest first. */
export function offered(): Command[] {
  void turns;
  return [...offers].reverse().flatMap((offer) => [...offer()]);
}

/** What can be done right now. */
export function available(): Command[] {
  return offered().filter((command) => command.when?.() ?? true);
}

export function shortcutsOf(command: Command): string[] {
  return command.keys === undefined ? [] : [command.keys].flat();
}

/** Listens to the keyboard for the whole window; the returned function ends it. */
export function listenToKeys(): () => void {
  const chords = new Chords();
  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    // What is modal has its own keys.
    if (document.querySelector("dialog:modal")) return;
    const typing = isTyping(event.target);
    const stroke = nameOf(event);
    if ((stroke === "Enter" || stroke === "Space") && answersPress(event.target)) return;
    const usable = available().filter((command) => !typing || command.inFields);
    const hit = chords.press(stroke, event.timeStamp, usable.flatMap(shortcutsOf));
    if (hit === null) return;
    event.preventDefault();
    if (hit !== "part") usable.find((command) => shortcutsOf(command).includes(hit))?.run();
  }
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}
