// The way in: which question comes after which. Pure.

export type Purpose = "sample" | "central" | "empty";
export type Step = "purpose" | "who" | "key" | "recovery" | "connect" | "arrival";

const WAYS: Record<Purpose, readonly Step[]> = {
  sample: ["purpose", "who", "key", "recovery"],
  empty: ["purpose", "who", "key", "recovery"],
  central: ["purpose", "who", "key", "recovery", "connect", "arrival"],
};

/** The questions of a way, in order. */
export function way(purpose: Purpose): readonly Step[] {
  return WAYS[purpose];
}

/** The question after this one; null at the end. */
export function after(step: Step, purpose: Purpose): Step | null {
  const steps = way(purpose);
  return steps[steps.indexOf(step) + 1] ?? null;
}

/** The question before this one, as long as nothing was made: a profile is made once. */
export function before(step: Step, purpose: Purpose): Step | null {
  const steps = way(purpose);
  const at = steps.indexOf(step);
  return at > 0 && at <= steps.indexOf("key") ? (steps[at - 1] ?? null) : null;
}

/** What is wrong with a passphrase typed twice; empty when it is right. */
export function passphraseProblems(first: string, again: string): { first?: string; again?: string } {
  if (first.trim() === "") return { first: "Type a passphrase." };
  return first === again ? {} : { again: "The two are not the same." };
}
