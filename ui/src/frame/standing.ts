// The status line's words: how this desk stands to the central, never more hopeful than the facts. Pure.

import type { Overview } from "../lib/gen/api";
import { clock } from "../lib/format/when";
import type { Tone } from "../lib/toasts.svelte";

export type Standing = {
  /** How the link itself stands. */
  word: string;
  tone: Tone;
  /** What is parked, in the words that ask for someone; null when nothing is. */
  needs: string | null;
  /** The rest, in order. */
  parts: string[];
};

const LINKS: Record<string, { word: string; tone: Tone }> = {
  current: { word: "up to date", tone: "ok" },
  offline: { word: "offline", tone: "neutral" },
  unavailable: { word: "central not answering", tone: "warn" },
  sign_in: { word: "sign-in needed", tone: "danger" },
  upgrade: { word: "update needed", tone: "danger" },
  storage: { word: "this device could not save", tone: "danger" },
  stopped: { word: "not syncing", tone: "neutral" },
};

export function standing(overview: Overview, now = new Date()): Standing {
  const { connected, sync, waiting, parked, conflicts } = overview;
  const needing = parked + conflicts;
  const needs = needing === 0 ? null : needing === 1 ? "1 needs you" : `${needing} need you`;
  const parts: string[] = [];
  if (waiting > 0) parts.push(`${waiting.toLocaleString("en-US")} waiting`);
  const prices = overview.data_as_of ? `prices as of ${clock(overview.data_as_of, now)}` : null;
  if (!connected) {
    if (prices) parts.push(prices);
    return { word: "on this device only", tone: "neutral", needs, parts };
  }
  let link = LINKS[sync.state] ?? { word: sync.state.replaceAll("_", " "), tone: "neutral" as const };
  // Current, but with work of its own still to go, is not up to date.
  if (sync.state === "current" && (waiting > 0 || needing > 0)) link = { word: "connected", tone: "ok" };
  if (sync.state === "current" && overview.verified_current_as_of) {
    parts.push(`verified current as of ${clock(overview.verified_current_as_of, now)}`);
  } else if (prices) parts.push(prices);
  return { ...link, needs, parts };
}
