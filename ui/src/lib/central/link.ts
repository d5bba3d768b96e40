// How the link to the central stands, in plain words: what it means for one's work, never how it is made. Pure.

import type { SyncStatus } from "../gen/api";

export type LinkWords = {
  word: string;
  sentence: string;
  /** The word of a state, for its picture and tone. */
  state: "acknowledged" | "waiting" | "retrying" | "failed" | "to_do";
  /** What a person can do about it. */
  remedy: "sign_in" | "connect" | "sync" | null;
};

const KEPT = "Nothing is lost.";

export const SIGN_IN_AGAIN = "The central does not know this device any more. What waits is kept until you sign in again.";

export function linkWords(status: Pick<SyncStatus, "connected" | "last" | "waiting" | "parked">): LinkWords {
  const { connected, last, waiting, parked } = status;
  if (!connected) {
    return {
      word: "On this device only",
      sentence: "No central is connected. Everything but delivery works; what is to be sent waits here.",
      state: "to_do",
      remedy: "connect",
    };
  }
  switch (last.state) {
    case "current":
      return {
        word: "Connected",
        sentence:
          waiting > 0 ? "What waits is on its way up."
          : parked > 0 ? "All else is with the central; what needs you stays here until you decide."
          : "At the last look, this device and the central held the same.",
        state: "acknowledged",
        remedy: "sync",
      };
    case "offline":
      return { word: "Offline", sentence: `Waiting for a connection. ${KEPT}`, state: "waiting", remedy: "sync" };
    case "unavailable":
      return { word: "The central does not answer", sentence: `It is tried again by itself. ${KEPT}`, state: "retrying", remedy: "sync" };
    case "sign_in":
      return {
        word: "Sign-in needed",
        sentence: SIGN_IN_AGAIN,
        state: "failed",
        remedy: "sign_in",
      };
    case "upgrade":
      return { word: "Update needed", sentence: `The central needs a newer FieldQuote. ${KEPT}`, state: "failed", remedy: null };
    case "storage":
      return {
        word: "This device could not save",
        sentence: "Make room on the disk, then sync again. What was not saved is asked for again.",
        state: "failed",
        remedy: "sync",
      };
    default:
      return { word: "Not syncing", sentence: `Sync has not run since FieldQuote was opened. ${KEPT}`, state: "to_do", remedy: "sync" };
  }
}
