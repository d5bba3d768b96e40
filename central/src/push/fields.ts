/**
 * Reading the fields of a payload.
 *
 * Owns the shapes of ids, times, hashes, names and texts, and how a wrong one is told. Must not know what a
 * payload means.
 */

import { type Json, type JsonObject, isObject } from "../canonical.ts";
import { isSha256 } from "../hex.ts";
import { type Refused, rejected } from "./outcome.ts";

const HINT = "The device's version may not fit the central's; update it, or report this.";

export function badPayload(message: string): Refused {
  return rejected("bad_payload", message, HINT);
}

/** Ids as devices and other systems make them. No dot in front: `..` is a way out of a folder. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(value);
}

/** RFC 3339 in UTC with milliseconds: the only form, so that texts compare as times do. */
export function isTime(value: unknown): value is string {
  return (
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** One line for people: a name, an aggregate. */
export function isLine(value: unknown, longest = 200): value is string {
  return typeof value === "string" && value.length <= longest && /^[^\u0000-\u001f\u007f\ud800-\udfff]+$/u.test(value);
}

type Shape<T extends Json> = (value: Json | undefined) => value is T;

const shapes = {
  id: [isId as Shape<string>, "an id"],
  time: [isTime as Shape<string>, "a time in UTC with milliseconds"],
  sha256: [isSha256 as Shape<string>, "a SHA-256"],
  line: [isLine as Shape<string>, "a line of text"],
  text: [((value) => typeof value === "string") as Shape<string>, "a text"],
  count: [((value) => typeof value === "number" && value >= 0) as Shape<number>, "a whole number"],
  object: [((value) => isObject(value)) as Shape<JsonObject>, "an object"],
  array: [((value) => Array.isArray(value)) as Shape<Json[]>, "a list"],
} as const;

type Shapes = typeof shapes;
type Of<S extends keyof Shapes> = Shapes[S][0] extends Shape<infer T> ? T : never;

/** A field that must be there. */
export function field<S extends keyof Shapes>(object: JsonObject, name: string, shape: S): Of<S> {
  const value = object[name];
  const [fits, called] = shapes[shape];
  if (!fits(value)) throw badPayload(`${name} is not ${called}`);
  return value as Of<S>;
}

/** A field that may be null or missing. */
export function maybe<S extends keyof Shapes>(object: JsonObject, name: string, shape: S): Of<S> | null {
  return object[name] === undefined || object[name] === null ? null : field(object, name, shape);
}

/** A field with one of a few words. */
export function word<const W extends string>(object: JsonObject, name: string, words: readonly W[]): W {
  const found = words.find((known) => known === object[name]);
  if (found === undefined) throw badPayload(`${name} is not one of ${words.join(", ")}`);
  return found;
}
