// How long a quote still holds, in words. Days are compared as the text they are.

import type { Lifecycle } from "../../lib/gen/api";

export type Validity = { word: string; tone: "warn" | "danger" };

/** A quote that ends within this many days is worth a word. */
const SOON_DAYS = 14;
const WAITS: readonly Lifecycle[] = ["draft", "proposed", "approved", "sent"];

/** Whether a quote may still become an order. */
export function isOpen(lifecycle: Lifecycle): boolean {
  return WAITS.includes(lifecycle);
}

/** What there is to say of its last day; null when it is far off, or does not matter any more. */
export function validity(validUntil: string, lifecycle: Lifecycle, now: Date): Validity | null {
  if (!isOpen(lifecycle)) return null;
  const days = daysTo(validUntil, now);
  if (days === null || days > SOON_DAYS) return null;
  if (days < 0) return { word: "expired", tone: "danger" };
  if (days === 0) return { word: "last day", tone: "warn" };
  return { word: days === 1 ? "1 day left" : `${days} days left`, tone: "warn" };
}

function daysTo(day: string, now: Date): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  if (!match) return null;
  const last = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return Math.round((last - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 86_400_000);
}
