import { describe, expect, it, vi } from "vitest";
import type { call } from "../../lib/backend";
import type { DraftShown } from "../../lib/gen/api";
import { OpenDraft } from "./open.svelte";

const shown = (more: Partial<DraftShown> = {}): DraftShown => ({
  draft_id: "d", status: "open", quote_id: null, revision_of: null, customer: null, school_year: null, lines: [], removed: [],
  include_pdf: true, valid_until: null, notes: [], commercial_total: "0", questions: [], conflicts: [], is_discarded: false, missing: null,
  ready: false, drafted_by: "mike", updated_at: "2026-11-30T10:00:00Z", can_undo: false, can_redo: false,
  undo_label: null, redo_label: null, action_id: null, preview: null, ...more,
});

const note = (text: string) => [{ edit: "add_note" as const, text }];

function opened(answer: (command: string, args: unknown) => Promise<unknown>, standing = shown()) {
  const ask = vi.fn(answer);
  const open = new OpenDraft("d", ask as unknown as typeof call);
  open.take(standing);
  return { open, ask };
}

describe("an open draft", () => {
  it("makes changes one after the other, in the order they were asked for", async () => {
    const answered: string[] = [];
    let release: (() => void) | undefined;
    const { open, ask } = opened(async (_, args) => {
      const text = JSON.stringify(args);
      if (text.includes("first")) await new Promise<void>((resolve) => (release = resolve));
      answered.push(text.includes("first") ? "first" : "second");
      return shown();
    });
    const both = [open.edit(note("first")), open.edit(note("second"))];
    await vi.waitFor(() => expect(release).toBeDefined());
    expect(ask).toHaveBeenCalledTimes(1);
    expect(open.busy).toBe(true);
    release?.();
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(answered).toEqual(["first", "second"]);
    expect(open.busy).toBe(false);
  });

  it("stays as it was when a change is refused, and says where; the next one that is taken clears that", async () => {
    let refuse = true;
    const { open } = opened(() =>
      refuse ? Promise.reject({ code: "bad_input", message: "no", hint: "" }) : Promise.resolve(shown({ notes: ["kept"] })),
    );
    const before = open.shown;
    expect(await open.edit(note("x"), "heading")).toBe(false);
    expect(open.shown).toBe(before);
    expect(open.refused?.cause).toBe("heading");
    refuse = false;
    expect(await open.edit(note("x"))).toBe(true);
    expect(open.refused).toBeUndefined();
    expect(open.shown?.notes).toEqual(["kept"]);
  });

  it("is not put back by an answer older than what it shows", () => {
    const { open } = opened(() => Promise.resolve(shown()));
    open.take(shown({ notes: ["old"], updated_at: "2026-11-30T09:59:59Z" }));
    expect(open.shown?.notes).toEqual([]);
  });

  it("that waits for approval asks before any change, by hand or by chat", async () => {
    const { open, ask } = opened(() => Promise.resolve(shown({ notes: ["x"] })), shown({ status: "submitted" }));
    const edited = open.edit(note("x"));
    const said = open.say("and 40 waffles");
    expect(await edited).toBe(false);
    expect(ask).not.toHaveBeenCalled();
    open.goAhead();
    expect(await said).toBe(true);
    expect(ask).toHaveBeenCalledExactlyOnceWith("chat", { draft_id: "d", message: "and 40 waffles", task: "chat d" });
    expect(open.shown?.status).toBe("open");
  });

  it("stays submitted when leave is not given", async () => {
    const { open, ask } = opened(() => Promise.resolve(shown()), shown({ status: "submitted" }));
    const edited = open.edit(note("x"));
    open.letBe();
    expect(await edited).toBe(false);
    expect(ask).not.toHaveBeenCalled();
    expect(open.shown?.status).toBe("submitted");
  });

  it("that became a quote changes no more", async () => {
    const { open, ask } = opened(() => Promise.resolve(shown()), shown({ status: "closed" }));
    expect(await open.edit(note("x"))).toBe(false);
    expect(open.held).toBeNull();
    expect(ask).not.toHaveBeenCalled();
  });

  it("marks the lines a message touched, until the next message", async () => {
    const line = { line_id: "l1", item_code: "10412", quantity: 12 } as DraftShown["lines"][number];
    let lines = [line];
    const { open } = opened(() => Promise.resolve(shown({ lines })));
    await open.say("12 cases of 10412");
    expect([...open.touched]).toEqual(["l1"]);
    lines = [line];
    await open.say("good for 30 days");
    expect([...open.touched]).toEqual([]);
  });

  it("answers a question only with a choice that is offered", async () => {
    const choice = { number: 2, label: "Cedar Falls CSD", detail: "IA", words: [], changes: [] };
    const { open, ask } = opened(
      () => Promise.resolve(shown()),
      shown({ questions: [{ slot: "customer", prompt: "Which?", choices: [choice] }] }),
    );
    expect(await open.pick(1)).toBe(false);
    expect(await open.pick(2)).toBe(true);
    expect(ask).toHaveBeenCalledExactlyOnceWith("draft_answer", { draft_id: "d", number: 2 });
  });
});
