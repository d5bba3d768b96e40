// Short notes on what was just done, and the way to undo it for ten seconds.

import { announce } from "./announce.svelte";

export type Tone = "neutral" | "ok" | "warn" | "danger" | "info";

export type Toast = {
  id: number;
  message: string;
  tone: Tone;
  /** Takes it back; the button is there for ten seconds. */
  undo?: () => void | Promise<void>;
  /** Where to see what came of it. */
  link?: ToastLink;
};

export type ToastLink = { label: string; address: string };

const STAYS_MS = 5_000;
const UNDO_MS = 10_000;

let shown = $state.raw<readonly Toast[]>([]);
let count = 0;

export const toasts = {
  get shown() {
    return shown;
  },
  dismiss(id: number): void {
    shown = shown.filter((toast) => toast.id !== id);
  },
};

/** Notes what was done. */
export function toast(message: string, options: Pick<Toast, "undo" | "link"> & { tone?: Tone } = {}): number {
  const id = ++count;
  shown = [...shown.slice(-2), { id, message, tone: options.tone ?? "neutral", undo: options.undo, link: options.link }];
  announce(options.undo ? `${message}. Undo is available for ten seconds.` : message);
  setTimeout(() => toasts.dismiss(id), options.undo || options.link ? UNDO_MS : STAYS_MS);
  return id;
}
