import { describe, expect, it } from "vitest";
import type { RunShown } from "../../lib/gen/api";
import { gateOf, rowsOf, waitsFor, type StepRow } from "./story";
import { worded } from "../../lib/format/words";

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 30, 8, 0, seconds)).toISOString();

function run(timeline: [string, string][], steps: RunShown["steps"] = []): RunShown {
  return {
    run_id: "r1", contract: "customer_quote", status: "running", quote_id: "q-1", customer_id: "c1", started_by: "Mike",
    started_at: at(0), completed_at: null, customer_name: null, contract_version: 1, contract_hash: "h",
    checks: [], timeline: timeline.map(([event, text], index) => ({ at: at(index), after_ms: index * 1000, event, text })),
    steps, outbox: [], verification: [], event: null, narrative: null, alerts: [], decisions: 0,
  };
}

const stepsOf = (shown: RunShown): StepRow[] => rowsOf(shown).filter((row) => row.row === "step");

describe("a run's timeline", () => {
  it("is one row a step, with every attempt and what came back", () => {
    const [step] = stepsOf(run(
      [
        ["started", "set going by Mike"],
        ["step_started", "render_pdf: attempt 1"],
        ["step_failed", "render_pdf: the disk is full; tried again at 2026-11-30T08:00:09Z"],
        ["step_started", "render_pdf: attempt 2"],
        ["step_succeeded", "render_pdf: done, quotes/q-1.pdf (900 bytes)"],
      ],
      [{ step: "render_pdf", kind: "http_call", state: { state: "succeeded" }, attempts: 2, evidence: {}, undoable: false }],
    ));
    expect(step?.attempts.map((attempt) => [attempt.outcome, attempt.answer])).toEqual([["failed", "the disk is full"], ["succeeded", null]]);
    expect(step?.took_ms).toBe(3000);
    expect(step?.title).toBe("Render PDF");
  });

  it("says when a failed step is tried again", () => {
    const [step] = stepsOf(run(
      [["step_started", "a: attempt 1"], ["step_failed", "a: no; tried again at 2026-11-30T08:00:09Z"]],
      [{ step: "a", kind: "d1_write", state: { state: "retrying", not_before: "2026-11-30T08:00:09Z" }, attempts: 1, evidence: null, undoable: true }],
    ));
    expect(step?.state).toBe("retrying");
    expect(step?.retry_at).toBe("2026-11-30T08:00:09Z");
  });

  it("shows a step that was undone as undone, not as done", () => {
    const [step] = stepsOf(run(
      [["step_started", "a: attempt 1"], ["step_succeeded", "a: done"], ["step_compensated", "a: undone"]],
      [{ step: "a", kind: "d1_write", state: { state: "succeeded" }, attempts: 1, evidence: null, undoable: true }],
    ));
    expect(step?.undone).toBe("done");
    expect(step?.word).toBe("undone");
  });

  it("keeps an open gate as waiting, and a decided one as shown", () => {
    const open = run([["gate_staged", "waits for approval of act_9, content ab12"]]);
    expect(gateOf(open)).toBe("act_9");
    expect(rowsOf(open)[0]).toMatchObject({ title: "Waits for approval", state: "awaiting_approval" });
    const decided = rowsOf(run([["gate_staged", "waits for approval of act_9, content ab12"], ["gate_decided", "rejected by Mike: too low"]]));
    expect(decided[0]).toMatchObject({ title: "Shown for approval" });
    expect(decided[1]).toMatchObject({ word: "rejected", detail: "by Mike: too low" });
  });
});

describe("a verification that is not proven", () => {
  it("names what it waits for", () => {
    expect(waitsFor({ waits_for: "approval", action_id: "act_1" })).toEqual({ kind: "approval", id: "act_1" });
    expect(waitsFor({ waits_for: "central", op_id: "op_1" })).toEqual({ kind: "central", id: "op_1" });
    expect(waitsFor({ row: { id: "q" } })).toBeNull();
  });
});

describe("a contract's identifiers", () => {
  it("read as words", () => {
    expect(worded("ar_forecast_touch")).toBe("AR forecast touch");
    expect(worded("ns_push")).toBe("NetSuite push");
  });
});
