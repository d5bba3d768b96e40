// Finding one among the words it learnt. Pure.

import type { LearnedShown } from "../../lib/gen/api";

/** Whether every word typed is somewhere in what was learnt. */
export function fits(word: LearnedShown, typed: string): boolean {
  const text = [word.said, word.target, word.meant, word.detail, word.customer_name].filter(Boolean).join(" ").toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => text.includes(part));
}
