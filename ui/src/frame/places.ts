// The places of the rail, their pictures and the keys that lead there.

import Check from "@lucide/svelte/icons/circle-check";
import FileText from "@lucide/svelte/icons/file-text";
import Package from "@lucide/svelte/icons/package";
import Pen from "@lucide/svelte/icons/pen-line";
import RefreshCw from "@lucide/svelte/icons/refresh-cw";
import Settings from "@lucide/svelte/icons/settings";
import Users from "@lucide/svelte/icons/users-round";
import Workflow from "@lucide/svelte/icons/workflow";
import type { Component } from "svelte";
import type { Overview } from "../lib/gen/api";
import type { ViewName } from "../lib/routes";

export type Place = {
  view: ViewName;
  address: string;
  label: string;
  keys: string;
  icon: Component;
  /** What is waiting there; nothing is shown for zero. */
  count?: (overview: Overview) => number;
  /** What the number counts, read out after it. */
  counts?: string;
  /** Whether what waits there needs a person now. */
  urgent?: (overview: Overview) => boolean;
};

export const PLACES: readonly Place[] = [
  { view: "draft", address: "/draft", label: "Draft", keys: "g d", icon: Pen, count: (o) => o.drafts_open, counts: "open" },
  {
    view: "approvals", address: "/approvals", label: "Approvals", keys: "g a", icon: Check,
    count: (o) => o.approvals_pending, counts: "to decide", urgent: (o) => o.approvals_flagged > 0,
  },
  { view: "quotes", address: "/quotes", label: "Quotes", keys: "g q", icon: FileText },
  { view: "customers", address: "/customers", label: "Customers", keys: "g c", icon: Users },
  { view: "catalog", address: "/catalog", label: "Catalog", keys: "g i", icon: Package },
  { view: "runs", address: "/runs", label: "Runs", keys: "g r", icon: Workflow, count: (o) => o.runs_active, counts: "under way" },
  {
    view: "sync", address: "/sync", label: "Sync", keys: "g s", icon: RefreshCw,
    count: (o) => o.parked + o.conflicts + o.alerts, counts: "that need you", urgent: (o) => o.parked + o.conflicts > 0,
  },
];

export const SETTINGS: Place = { view: "settings", address: "/settings", label: "Settings", keys: "g ,", icon: Settings };
