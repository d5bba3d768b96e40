import { describe, expect, it } from "vitest";
import type { ActionListed, DraftListed, QueuedOp } from "../../lib/gen/api";
import { aboutOf, behind, grouped, namesOf } from "./queue";

const op = (op_id: string, about: string): QueuedOp => ({
  op_id, about, kind: "rows", since: "2026-11-30T08:00:00Z", attempts: 0, error_code: null, error: null,
});

describe("the queue", () => {
  it("stands by what it is about, each in the order it waits", () => {
    const groups = grouped([op("1", "quote:q-1"), op("2", "draft:d-1"), op("3", "quote:q-1")]);
    expect(groups.map((group) => [group.title, group.ops.map((one) => one.op_id)])).toEqual([["Quote q-1", ["1", "3"]], ["Draft d-1", ["2"]]]);
  });

  it("leads to the thing, when there is a page of it", () => {
    expect(aboutOf("action:act/1").address).toBe("/approvals/act%2F1");
    expect(aboutOf("alert:x").address).toBeNull();
    expect(aboutOf("feed").title).toBe("feed");
  });

  it("calls a draft by its customer and an action by what it is for", () => {
    const draft = { draft_id: "d1", customer_name: "Cedar Falls CSD" } as DraftListed;
    const action = { action_id: "a1", summary: "Release quote q-1" } as ActionListed;
    const names = namesOf([draft], [action]);
    expect(aboutOf("draft:d1", names).title).toBe("Draft for Cedar Falls CSD");
    const gone = { draft_id: "d2", customer_name: null, customer_id: "C10001" } as DraftListed;
    expect(aboutOf("draft:d2", namesOf([gone], [])).title).toBe("Draft for C10001");
    expect(aboutOf("action:a1", names).title).toBe("Release quote q-1");
    expect(aboutOf("action:a2", names).title).toBe("Action a2");
  });

  it("puts behind a parked item what is about the same thing, and all of it when nothing else is parked", () => {
    const [a, b] = [op("a", "quote:q-1"), op("b", "quote:q-2")];
    const next = [op("1", "quote:q-1"), op("2", "quote:q-2"), op("3", "quote:q-3")];
    expect(behind(a, { next, blocked: ["1", "2"], parked_items: [a, b] }).map((one) => one.op_id)).toEqual(["1"]);
    expect(behind(a, { next, blocked: ["1", "2"], parked_items: [a] }).map((one) => one.op_id)).toEqual(["1", "2"]);
  });
});
