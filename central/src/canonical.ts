/**
 * The canonical form of a value: what an approval is bound to, byte for byte as a device writes it.
 *
 * Owns the form: keys sorted by code point, no white space, whole numbers only, no NUL, bounded depth. Must
 * not repair anything: a text that is not canonical is refused, because its hash would stand for another
 * text than the one that is acted on.
 */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Deeper than any payload; SQLite's own limit is 1,000. */
const DEEPEST = 64;

/** The value or text has no canonical form; the message says why, in words for a person. */
export class NotCanonical extends Error {}

/** The canonical text of a value. */
export function canonical(value: Json): string {
  const parts: string[] = [];
  write(value, parts, 0);
  return parts.join("");
}

/** The value of a canonical text. */
export function readCanonical(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new NotCanonical("it is not JSON");
  }
  if (canonical(value) !== text) {
    throw new NotCanonical("its keys are not sorted, or it has white space, a key twice or a number that is not whole");
  }
  return value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function write(value: Json, parts: string[], depth: number): void {
  if (depth > DEEPEST) throw new NotCanonical(`it is nested deeper than ${DEEPEST} levels`);
  if (typeof value === "string") {
    parts.push(quoted(value));
  } else if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotCanonical("a number in it is not whole");
    parts.push(String(value));
  } else if (Array.isArray(value)) {
    parts.push("[");
    value.forEach((item, at) => {
      if (at > 0) parts.push(",");
      write(item, parts, depth + 1);
    });
    parts.push("]");
  } else if (isObject(value)) {
    parts.push("{");
    Object.keys(value)
      .sort(byCodePoint)
      .forEach((key, at) => {
        if (at > 0) parts.push(",");
        parts.push(quoted(key), ":");
        write(value[key] as Json, parts, depth + 1);
      });
    parts.push("}");
  } else {
    parts.push(String(value));
  }
}

/** JSON.stringify escapes exactly what a device does, but for halves of characters and NUL, which none has. */
function quoted(text: string): string {
  const written = JSON.stringify(text);
  // A half of a character, and NUL, are the only ones written as \ud8.. to \udf.. and \u0000.
  if (written.includes("\\u") && (/[\ud800-\udfff]/u.test(text) || text.includes("\0"))) {
    throw new NotCanonical("a text in it holds NUL or half a character");
  }
  return written;
}

/** JavaScript compares halves of characters, which puts those above U+FFFF before U+E000 to U+FFFF. */
function byCodePoint(one: string, other: string): number {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a !== b) return lifted(a) - lifted(b);
  }
  return one.length - other.length;
}

/** A half of a character counts above every whole one. */
function lifted(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
