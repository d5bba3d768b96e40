// A run's journal as the rows of its timeline: a step is one row with all its attempts, whatever else happened is
// a row of its own. Pure; says nothing the journal does not.

import type { JsonValue, Moment, RunShown, StepShown } from "../../lib/gen/api";
import { worded } from "../../lib/format/words";

export type Attempt = {
  number: number;
  outcome: "succeeded" | "failed" | "started";
  at: string;
  /** From its beginning to its end; null while it goes on. */
  took_ms: number | null;
  /** What came back, when it failed. */
  answer: string | null;
};

export type StepRow = {
  row: "step";
  key: string;
  id: string;
  kind: string;
  title: string;
  state: string;
  word: string | null;
  started_at: string | null;
  took_ms: number | null;
  attempts: Attempt[];
  /** Why it was left out. */
  reason: string | null;
  /** When it is tried again. */
  retry_at: string | null;
  undone: "no" | "done" | "failed";
  /** Why it could not be undone. */
  undo_problem: string | null;
  evidence: JsonValue;
};

export type MomentRow = { row: "moment"; key: string; at: string; state: string; word: string; title: string; detail: string | null };
export type Row = StepRow | MomentRow;

/** The moments of a step begin with its name. */
function split(text: string): [step: string, rest: string] {
  const at = text.indexOf(": ");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 2)];
}

/** The word of a step's state, which comes as a tagged object. */
function stateWord(state: JsonValue): string {
  if (typeof state === "string") return state;
  const word = field(state, "state");
  return typeof word === "string" ? word : "to_do";
}

function field(value: JsonValue, name: string): JsonValue | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value[name] : undefined;
}

/** The rows, in the order things began. */
export function rowsOf(run: RunShown): Row[] {
  const rows: Row[] = [];
  const steps = new Map<string, StepRow>();
  const stepRow = (id: string): StepRow => {
    let row = steps.get(id);
    if (!row) {
      row = begin(id, run.steps.find((step) => step.step === id));
      steps.set(id, row);
      rows.push(row);
    }
    return row;
  };
  for (const [index, moment] of run.timeline.entries()) {
    if (moment.event.startsWith("step_") || moment.event === "compensation_failed") {
      const [id, rest] = split(moment.text);
      tellStep(stepRow(id), moment, rest);
    } else if (moment.event === "preflighted" || moment.event in MOMENTS) rows.push(tellMoment(moment, index, run));
  }
  for (const step of run.steps) stepRow(step.step);
  return rows;
}

function begin(id: string, step: StepShown | undefined): StepRow {
  const retry = step ? field(step.state, "not_before") : undefined;
  return {
    row: "step",
    key: `step ${id}`,
    id,
    kind: step?.kind ?? "",
    title: worded(id),
    state: step ? stateWord(step.state) : "to_do",
    word: null,
    started_at: null,
    took_ms: null,
    attempts: [],
    reason: null,
    retry_at: typeof retry === "string" ? retry : null,
    undone: "no",
    undo_problem: null,
    evidence: step?.evidence ?? null,
  };
}

function tellStep(row: StepRow, moment: Moment, rest: string): void {
  const last = row.attempts.at(-1);
  switch (moment.event) {
    case "step_started":
      row.started_at ??= moment.at;
      row.attempts.push({ number: row.attempts.length + 1, outcome: "started", at: moment.at, took_ms: null, answer: null });
      break;
    case "step_succeeded":
    case "step_failed":
      if (last) {
        last.outcome = moment.event === "step_failed" ? "failed" : "succeeded";
        last.took_ms = between(last.at, moment.at);
        last.answer = moment.event === "step_failed" ? answerOf(rest) : null;
      }
      if (row.started_at !== null) row.took_ms = between(row.started_at, moment.at);
      break;
    case "step_skipped":
      row.started_at = moment.at;
      row.reason = rest.replace(/^left out, /, "");
      break;
    case "step_compensated":
      row.undone = "done";
      row.state = "withdrawn";
      row.word = "undone";
      break;
    case "compensation_failed":
      row.undone = "failed";
      row.undo_problem = rest.replace(/^could not be undone, /, "");
      row.state = "failed";
      row.word = "could not be undone";
      break;
  }
}

/** A failure's own words, without what the journal adds on when it is tried again. */
function answerOf(rest: string): string {
  return rest.replace(/; (tried again at \S+|not tried again)$/, "");
}

function between(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}

const MOMENTS: Record<string, { title: string; state: string; word: string }> = {
  started: { title: "Run began", state: "succeeded", word: "" },
  gate_staged: { title: "Waits for approval", state: "awaiting_approval", word: "awaiting approval" },
  gate_voided: { title: "What was shown changed", state: "voided", word: "voided" },
  gate_decided: { title: "Decision", state: "approved", word: "decided" },
  overruled: { title: "Approval does not stand", state: "overruled", word: "overruled" },
  closed: { title: "Run ended", state: "completed", word: "" },
};

function tellMoment(moment: Moment, index: number, run: RunShown): MomentRow {
  const known = MOMENTS[moment.event];
  const row = { row: "moment" as const, key: `moment ${index}`, at: moment.at, detail: moment.text || null };
  switch (moment.event) {
    case "preflighted": {
      const blocked = run.checks.some((check) => check.severity === "block" && check.outcome !== "passed");
      const warned = run.checks.some((check) => check.outcome !== "passed");
      const state = blocked ? "blocked" : warned ? "warn" : "passed";
      return { ...row, title: "Checks", state, word: blocked ? "blocked" : warned ? "with a warning" : "all hold" };
    }
    case "gate_staged": {
      // Once it was decided, the waiting is over, and the row says only that it was shown.
      const decided = run.timeline.slice(index + 1).some((later) => later.event.startsWith("gate_") || later.event === "overruled");
      return decided
        ? { ...row, title: "Shown for approval", state: "succeeded", word: "", detail: null }
        : { ...row, title: known!.title, state: known!.state, word: known!.word, detail: null };
    }
    case "gate_decided": {
      const word = /^(approved|rejected|expired|withdrawn)/.exec(moment.text)?.[1] ?? "approved";
      return { ...row, title: "Decision", state: word, word, detail: moment.text.slice(word.length).replace(/^[: ]+/, "") || null };
    }
    case "closed": {
      const word = moment.text.replace(/^ended /, "");
      return { ...row, title: "Run ended", state: word, word: word.replaceAll("_", " "), detail: null };
    }
    case "started":
      return { ...row, title: "Run began", state: "succeeded", word: "", detail: moment.text };
    default:
      return { ...row, title: known?.title ?? moment.event, state: known?.state ?? "unknown", word: known?.word ?? "" };
  }
}

/** The action at the run's gate, the last one shown; null when it never came to one. */
export function gateOf(run: RunShown): string | null {
  for (const moment of [...run.timeline].reverse()) {
    if (moment.event !== "gate_staged") continue;
    return /approval of ([^,\s]+)/.exec(moment.text)?.[1] ?? null;
  }
  return null;
}

/** What a verification that is not proven yet waits for. */
export type WaitsFor = { kind: "approval" | "central"; id: string } | { kind: "over"; why: string } | null;

export function waitsFor(evidence: JsonValue): WaitsFor {
  const what = field(evidence, "waits_for");
  const text = (name: string): string => {
    const found = field(evidence, name);
    return typeof found === "string" ? found : "";
  };
  if (what === "approval") return { kind: "approval", id: text("action_id") };
  if (what === "central") return { kind: "central", id: text("op_id") };
  if (what === "refused" || what === "stopped") return { kind: "over", why: text("reason") };
  return null;
}

/** How long a run took; null while it goes on. */
export function tookMs(run: { started_at: string; completed_at: string | null }): number | null {
  return run.completed_at === null ? null : between(run.started_at, run.completed_at);
}
