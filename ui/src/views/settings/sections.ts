// The sections of the settings, by the address that leads to them. Pure.

import Building from "@lucide/svelte/icons/building-2";
import Cable from "@lucide/svelte/icons/cable";
import Database from "@lucide/svelte/icons/database";
import HeartPulse from "@lucide/svelte/icons/heart-pulse";
import Info from "@lucide/svelte/icons/info";
import Palette from "@lucide/svelte/icons/palette";
import Quote from "@lucide/svelte/icons/quote";
import Sparkles from "@lucide/svelte/icons/sparkles";
import type { Component } from "svelte";

export type SectionId = "company" | "central" | "words" | "assistant" | "appearance" | "data" | "health" | "about";

export const SECTIONS: readonly { id: SectionId; label: string; about: string; icon: Component }[] = [
  { id: "company", label: "Company and letterhead", about: "What customers read at the head and the foot of every quote.", icon: Building },
  { id: "central", label: "Central", about: "Where approved work goes, and where customers and prices come from.", icon: Cable },
  { id: "words", label: "Words it learnt", about: "What you chose where the chat asked; it is not asked again.", icon: Quote },
  { id: "assistant", label: "Assistant", about: "Help with messages the chat makes nothing of. Off unless you turn it on.", icon: Sparkles },
  { id: "appearance", label: "Appearance", about: "How the window looks on this device.", icon: Palette },
  { id: "data", label: "Data", about: "Files in and out, and a backup you can keep elsewhere.", icon: Database },
  { id: "health", label: "Health", about: "Whether everything kept here is whole.", icon: HeartPulse },
  { id: "about", label: "About", about: "This program and this profile.", icon: Info },
];

/** The section an address names; the first for any other. */
export function sectionOf(name: string | undefined): SectionId {
  return SECTIONS.find((section) => section.id === name)?.id ?? "company";
}

export function addressOf(id: SectionId): string {
  return `/settings?section=${id}`;
}
