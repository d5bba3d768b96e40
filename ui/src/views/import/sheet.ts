// A CSV file as the window reads it: as text, and which line each row begins on. What the rows mean is for the
// shell to say. Pure.

export type Read = { text: string } | { problem: string; hint: string };

const SAVE_AS = "Save it as “CSV UTF-8”, with a header row, and choose it again.";

/** The text of a file; bytes that are no UTF-8 are refused rather than changed without a word. */
export function decode(bytes: Uint8Array): Read {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { problem: "The file is in UTF-16.", hint: SAVE_AS };
  if (first === 0x50 && second === 0x4b) return { problem: "This is a workbook, not a CSV file.", hint: SAVE_AS };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.trim() === "" ? { problem: "The file is empty.", hint: SAVE_AS } : { text };
  } catch {
    return { problem: "The file is not in UTF-8.", hint: SAVE_AS };
  }
}

/** The line each of the first `count` rows behind the header begins on, from 1. Cells may hold line breaks. */
export function linesOfRows(text: string, count: number): number[] {
  const lines: number[] = [];
  let line = 1;
  let quoted = false;
  let empty = true;
  for (let at = 0; at < text.length && lines.length <= count; at += 1) {
    const sign = text[at];
    if (sign === "\r" || sign === "\n") {
      if (sign === "\r" && text[at + 1] === "\n") at += 1;
      line += 1;
      if (!quoted) empty = true;
      continue;
    }
    if (empty) {
      lines.push(line);
      empty = false;
    }
    if (sign === '"') quoted = !quoted;
  }
  return lines.slice(1, count + 1);
}
