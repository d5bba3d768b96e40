// Keys and what they spell. Pure: names of strokes, chords, and when a stroke is typing.
//
// A shortcut is written like `g d` (one after the other), `Mod+K` (Ctrl, or ⌘ on a Mac), `Shift+A`, `?`,
// `Space`, `Enter`, `Escape`, `ArrowDown`.

export type Stroke = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };

const IS_MAC = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** How long the second stroke of a chord may take. */
export const CHORD_MS = 1200;

/** The name of a stroke: modifiers in a fixed order, letters small unless Shift is named. */
export function nameOf(stroke: Stroke): string {
  const key = stroke.key === " " ? "Space" : stroke.key;
  const letter = /^\p{L}$/u.test(key);
  const parts: string[] = [];
  if (stroke.ctrlKey || stroke.metaKey) parts.push("Mod");
  if (stroke.altKey) parts.push("Alt");
  // A sign such as `?` already says that Shift was held.
  if (stroke.shiftKey && (letter || key.length > 1)) parts.push("Shift");
  parts.push(letter ? key.toLowerCase() : key);
  return parts.join("+");
}

/** The strokes of a shortcut as written by a view. */
export function strokesOf(shortcut: string): string[] {
  return shortcut.trim().split(/\s+/).map((piece) => {
    if (piece === "+") return piece;
    const parts = piece.split("+");
    const key = parts.pop() ?? "";
    const order = ["Mod", "Alt", "Shift"].filter((modifier) => parts.includes(modifier));
    return [...order, /^\p{L}$/u.test(key) ? key.toLowerCase() : key].join("+");
  });
}

/** What a person reads on a key. */
export function faceOf(shortcut: string): string[] {
  const faces: Record<string, string> = {
    Mod: IS_MAC ? "⌘" : "Ctrl", Alt: IS_MAC ? "⌥" : "Alt", Shift: "⇧", Enter: "⏎", Escape: "Esc", ArrowUp: "↑",
    ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Space: "Space", Backspace: "⌫",
  };
  return strokesOf(shortcut).flatMap((stroke) =>
    (stroke === "+" ? ["+"] : stroke.split("+")).map((part) => faces[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
  );
}

/** Whether strokes there are text being typed. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Whether the element itself answers Enter and Space. */
export function answersPress(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("button, a[href], summary, [role=button], [role=tab], [role=option]") !== null;
}

/** Follows strokes and says which shortcut they complete. */
export class Chords {
  #before: string[] = [];
  #at = 0;

  /** The shortcut (as written in `known`) this stroke completes; null when none, `"part"` when it may yet. */
  press(stroke: string, now: number, known: Iterable<string>): string | "part" | null {
    const trail = now - this.#at <= CHORD_MS ? [...this.#before, stroke] : [stroke];
    this.#at = now;
    const all = [...known].map((shortcut) => ({ shortcut, strokes: strokesOf(shortcut) }));
    for (const tried of trail.length > 1 ? [trail, [stroke]] : [trail]) {
      const same = all.find(({ strokes }) => strokes.join(" ") === tried.join(" "));
      if (same) {
        this.#before = [];
        return same.shortcut;
      }
      if (all.some(({ strokes }) => strokes.length > tried.length && strokes.slice(0, tried.length).join(" ") === tried.join(" "))) {
        this.#before = tried;
        return "part";
      }
    }
    this.#before = [];
    return null;
  }
}
