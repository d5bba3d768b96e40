import { describe, expect, it } from "vitest";
import type { ActionListed } from "../../lib/gen/api";
import { Queue } from "./queue.svelte";

function row(id: string, more: Partial<ActionListed> = {}): ActionListed {
  return {
    action_id: id, action_type: "quote_draft", status: "pending", summary: `Quote ${id}`, risk_level: 1, customer_id: null,
    quote_id: null, draft_id: null, run_id: null, drafted_by: "Dana", created_at: `2026-11-30T0${id.length}:00:00Z`,
    expires_at: "2026-12-14T08:00:00Z", decided_by: null, decided_at: null, decision_note: null, self_decided: false,
    flag_count: 0, customer_name: id, total: "100.00", worst_margin: "20.00%", worst_margin_known: true, flags: [],
    payload_hash: id, ...more,
  };
}

const ids = (queue: Queue): string[] => queue.rows.map((one) => one.action.action_id);
function queueOf(...rows: ActionListed[]): Queue {
  const queue = new Queue();
  queue.take(rows);
  return queue;
}

describe("the queue", () => {
  it("counts what came and does not move what is there", () => {
    const queue = queueOf(row("aa"), row("bbb"));
    queue.take([row("x"), row("aa"), row("bbb")]);
    expect(ids(queue)).toEqual(["aa", "bbb"]);
    expect(queue.arrivals).toEqual(["x"]);
    queue.refresh();
    expect(ids(queue)).toEqual(["x", "aa", "bbb"]);
  });

  it("keeps what was decided elsewhere in its place, marked", () => {
    const queue = queueOf(row("a"), row("bb"));
    queue.take([row("bb")]);
    expect(queue.rows.map((one) => one.waits)).toEqual([false, true]);
    expect(queue.count).toBe(1);
  });

  it("drops what was decided here and puts its release in its place, in whatever order they are heard of", () => {
    const gate = row("gggg");
    const told = queueOf(row("a"), row("bb"));
    told.close("a", null, "gggg");
    told.take([row("bb"), gate]);
    const heard = queueOf(row("a"), row("bb"));
    heard.take([row("bb"), gate]);
    heard.close("a", null, "gggg");
    expect(ids(told)).toEqual(["gggg", "bb"]);
    expect(ids(heard)).toEqual(["gggg", "bb"]);
  });

  it("shows what was edited as voided, below what took its place", () => {
    const queue = queueOf(row("a"), row("bb"));
    queue.close("a", "voided", "n");
    queue.take([row("n"), row("bb")]);
    expect(queue.rows.map((one) => [one.action.action_id, one.became])).toEqual([["n", null], ["a", "voided"], ["bb", null]]);
  });

  it("is not taken back by an older answer that still lists what was decided", () => {
    const queue = queueOf(row("a"), row("bb"));
    queue.close("a", null);
    queue.take([row("a"), row("bb")]);
    expect(ids(queue)).toEqual(["bb"]);
    expect(queue.count).toBe(1);
  });

  it("marks only rows without flags for approving together", () => {
    const queue = queueOf(row("a"), row("bb", { flag_count: 1 }));
    expect(queue.mark("bb")).toBe(false);
    queue.markAll();
    expect(queue.marked.map((one) => one.action_id)).toEqual(["a"]);
    queue.take([row("bb", { flag_count: 1 })]);
    expect(queue.marked).toEqual([]);
  });
});
