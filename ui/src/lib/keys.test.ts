import { describe, expect, test } from "vitest";
import { CHORD_MS, Chords, faceOf, isTyping, nameOf, strokesOf, type Stroke } from "./keys";

const stroke = (key: string, held: Partial<Stroke> = {}): Stroke => ({
  key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held,
});

describe("strokes", () => {
  test("a shortcut and the stroke it asks for have one name", () => {
    expect(nameOf(stroke("K", { ctrlKey: true }))).toBe(strokesOf("Mod+K")[0]);
    expect(nameOf(stroke("k", { metaKey: true }))).toBe(strokesOf("Mod+k")[0]);
    expect(nameOf(stroke("A", { shiftKey: true }))).toBe(strokesOf("Shift+A")[0]);
    expect(nameOf(stroke(" "))).toBe(strokesOf("Space")[0]);
    expect(nameOf(stroke("Enter", { ctrlKey: true, shiftKey: true }))).toBe(strokesOf("Shift+Mod+Enter")[0]);
  });

  test("a sign that needs Shift is named by itself", () => expect(nameOf(stroke("?", { shiftKey: true }))).toBe("?"));

  test("approve and approve-and-release are two keys", () => {
    expect(nameOf(stroke("A", { shiftKey: true }))).not.toBe(nameOf(stroke("a")));
  });

  test("keys are shown as they stand on the keyboard", () => expect(faceOf("g ,")).toEqual(["G", ","]));
});

describe("chords", () => {
  const known = ["g d", "g a", "a", "?"];

  test("two strokes in time are one shortcut", () => {
    const chords = new Chords();
    expect(chords.press("g", 0, known)).toBe("part");
    expect(chords.press("a", 300, known)).toBe("g a");
    expect(chords.press("a", 400, known)).toBe("a");
  });

  test("too late, the second stroke stands alone", () => {
    const chords = new Chords();
    chords.press("g", 0, known);
    expect(chords.press("a", CHORD_MS + 1, known)).toBe("a");
  });

  test("a stroke that completes nothing ends the chord", () => {
    const chords = new Chords();
    chords.press("g", 0, known);
    expect(chords.press("x", 100, known)).toBeNull();
    expect(chords.press("d", 200, known)).toBeNull();
  });

  test("after a wrong second stroke, a shortcut of its own still works", () => {
    const chords = new Chords();
    chords.press("g", 0, known);
    expect(chords.press("?", 100, known)).toBe("?");
  });
});

test("text fields are typed in, buttons and checkboxes are not", () => {
  document.body.innerHTML = `<input id="a"><input id="b" type="checkbox"><textarea id="c"></textarea><button id="d"></button><select id="e"></select>`;
  const typed = ["a", "b", "c", "d", "e"].filter((id) => isTyping(document.getElementById(id)));
  expect(typed).toEqual(["a", "c", "e"]);
});
