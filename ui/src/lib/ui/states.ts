// The words, pictures and tones of every state the window shows. One place, so that one state looks the same
// on every page.

import Ban from "@lucide/svelte/icons/ban";
import Check from "@lucide/svelte/icons/check";
import CheckCheck from "@lucide/svelte/icons/check-check";
import CircleAlert from "@lucide/svelte/icons/circle-alert";
import CircleDashed from "@lucide/svelte/icons/circle-dashed";
import CirclePause from "@lucide/svelte/icons/circle-pause";
import Clock from "@lucide/svelte/icons/clock-3";
import FilePen from "@lucide/svelte/icons/file-pen-line";
import Hourglass from "@lucide/svelte/icons/hourglass";
import LoaderCircle from "@lucide/svelte/icons/loader-circle";
import Minus from "@lucide/svelte/icons/minus";
import RotateCw from "@lucide/svelte/icons/rotate-cw";
import Send from "@lucide/svelte/icons/send";
import TriangleAlert from "@lucide/svelte/icons/triangle-alert";
import Undo from "@lucide/svelte/icons/undo-2";
import X from "@lucide/svelte/icons/x";
import type { Component } from "svelte";
import type { Tone } from "../toasts.svelte";

export type State = { word: string; icon: Component; tone: Tone };

const of = (word: string, icon: Component, tone: Tone = "neutral"): State => ({ word, icon, tone });

const STATES: Record<string, State> = {
  // Quotes
  draft: of("draft", FilePen),
  proposed: of("awaiting approval", Hourglass, "info"),
  approved: of("approved", Check, "ok"),
  sent: of("sent", Send, "info"),
  accepted: of("accepted", CheckCheck, "ok"),
  declined: of("declined", X, "danger"),
  expired: of("expired", Clock, "warn"),
  superseded: of("replaced", Undo),
  cancelled: of("cancelled", Ban),
  // Actions and drafts
  pending: of("pending", Hourglass, "info"),
  rejected: of("rejected", X, "danger"),
  voided: of("voided", Ban),
  open: of("open", FilePen),
  submitted: of("submitted", Hourglass, "info"),
  closed: of("closed", Check),
  // Runs and their steps
  running: of("running", LoaderCircle, "info"),
  awaiting_approval: of("awaiting approval", Hourglass, "info"),
  retrying: of("retrying", RotateCw, "warn"),
  compensating: of("being undone", Undo, "warn"),
  completed: of("completed", CheckCheck, "ok"),
  blocked: of("blocked", CirclePause, "danger"),
  withdrawn: of("withdrawn", Undo),
  failed: of("failed", CircleAlert, "danger"),
  overruled: of("overruled", Ban, "warn"),
  started: of("under way", LoaderCircle, "info"),
  succeeded: of("done", Check, "ok"),
  skipped: of("skipped", Minus),
  gave_up: of("gave up", CircleAlert, "danger"),
  to_do: of("not yet", CircleDashed),
  // The queue
  waiting: of("waiting", Clock),
  parked: of("needs you", CircleAlert, "danger"),
  acknowledged: of("arrived", Check, "ok"),
  discarded: of("discarded", Ban),
  // Checks
  passed: of("passed", Check, "ok"),
  unknown: of("unknown", CircleDashed, "warn"),
  warn: of("warning", TriangleAlert, "warn"),
  // Customers
  active: of("active", Check, "ok"),
  hold: of("on hold", CirclePause, "danger"),
  inactive: of("not active", Ban, "warn"),
};

/** How a state is shown; one that is unknown is shown by its own word. */
export function stateOf(state: string): State {
  return STATES[state] ?? of(state.replaceAll("_", " "), CircleDashed);
}
