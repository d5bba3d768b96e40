import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noShell, shell } from "../../lib/backend/shell.fixture";
import type { RunShown } from "../../lib/gen/api";
import { parse, type Route } from "../../lib/routes";
import RunsView from "./RunsView.svelte";

const AT = "2026-11-30T08:00:00Z";
let route = $state.raw<Route>(parse("/runs/r1"));
let shown: Record<string, unknown> | undefined;

function run(run_id: string): RunShown {
  return {
    run_id, contract: "customer_quote", status: "running", quote_id: `quote of ${run_id}`, customer_id: "c1", started_by: "Mike",
    started_at: AT, completed_at: null, customer_name: null, contract_version: 1, contract_hash: "h", checks: [], timeline: [],
    steps: [], outbox: [], verification: [], event: null, narrative: null, alerts: [], decisions: 0,
  };
}

beforeEach(() => {
  shell<{ run_id: string }>(({ command, args }) => {
    if (command === "run_resume") throw { code: "busy", message: "the disk is full", hint: "" };
    return run(args.run_id);
  });
  shown = mount(RunsView, {
    target: document.body,
    props: {
      get route() {
        return route;
      },
    },
  });
  flushSync();
});
afterEach(async () => {
  if (shown) await unmount(shown);
  noShell();
});

const text = (): string => document.body.textContent ?? "";

test("what was refused of one run is not told of the next", async () => {
  await vi.waitFor(() => expect(text()).toContain("quote of r1"));
  [...document.querySelectorAll("button")].find((button) => button.textContent?.includes("Resume"))?.click();
  await vi.waitFor(() => expect(text()).toContain("The disk is full"));
  route = parse("/runs/r2");
  flushSync();
  await vi.waitFor(() => expect(text()).toContain("quote of r2"));
  expect(text()).not.toContain("The disk is full");
});
