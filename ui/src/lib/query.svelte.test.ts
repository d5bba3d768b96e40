import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noShell, shell } from "./backend/shell.fixture";
import { action, query, type Query } from "./query.svelte";
import type { CustomerListed, Rows } from "./gen/api";

type Answer = Rows<CustomerListed>;
type Asked = { text: string; answer: (total: number) => void; refuse: (message: string) => void };
let asked: Asked[] = [];
let stop: (() => void) | undefined;

beforeEach(() => {
  asked = [];
  shell<{ text: string }>(({ args }) =>
    new Promise<Answer>((answer, refuse) => {
      asked.push({
        text: args.text,
        answer: (total) => answer({ rows: [], total }),
        refuse: (message) => refuse({ code: "storage", message, hint: "Try again." }),
      });
    }),
  );
});
afterEach(() => {
  stop?.();
  noShell();
});

function customers(text: () => string, options = {}): Query<Answer> {
  let made: Query<Answer> | undefined;
  stop = $effect.root(() => {
    made = query(() => ["customers", { text: text(), offset: 0, limit: 50 }], options);
  });
  flushSync();
  if (!made) throw new Error("not made");
  return made;
}

test("an overtaken answer is dropped, whenever it comes", async () => {
  let text = $state("c");
  const found = customers(() => text);
  text = "cedar";
  flushSync();
  asked[1]?.answer(2);
  await vi.waitFor(() => expect(found.data?.total).toBe(2));
  asked[0]?.answer(99);
  await new Promise((done) => setTimeout(done, 5));
  expect(found.data?.total).toBe(2);
});

test("the old answer stays while the next one is on its way", async () => {
  let text = $state("c");
  const found = customers(() => text);
  expect(found.loading).toBe(true);
  asked[0]?.answer(9);
  await vi.waitFor(() => expect(found.data?.total).toBe(9));
  text = "cedar";
  flushSync();
  expect([found.data?.total, found.stale, found.loading]).toEqual([9, true, false]);
});

test("a page about one thing never shows another thing's answer", async () => {
  let text = $state("c1");
  const page = customers(() => text, { fresh: true });
  asked[0]?.answer(1);
  await vi.waitFor(() => expect(page.data?.total).toBe(1));
  text = "c2";
  flushSync();
  expect(page.data).toBeUndefined();
});

test("several changes in a row are asked about once", async () => {
  const found = customers(() => "c");
  asked[0]?.answer(1);
  await vi.waitFor(() => expect(found.data?.total).toBe(1));
  const { emit } = await import("@tauri-apps/api/event");
  await emit("changed", {});
  await emit("changed", {});
  await vi.waitFor(() => expect(asked.length).toBe(2));
  asked[1]?.answer(2);
  await vi.waitFor(() => expect(found.data?.total).toBe(2));
  expect(asked.length).toBe(2);
});

test("changes that do not cease are asked about all the same", async () => {
  const found = customers(() => "c");
  asked[0]?.answer(1);
  await vi.waitFor(() => expect(found.data?.total).toBe(1));
  const { emit } = await import("@tauri-apps/api/event");
  for (let step = 0; step < 10; step += 1) {
    await emit("changed", {});
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(asked.length).toBeGreaterThan(2);
});

test("a refusal keeps what was shown and says why", async () => {
  const found = customers(() => "c");
  asked[0]?.answer(4);
  await vi.waitFor(() => expect(found.data?.total).toBe(4));
  void found.refetch();
  asked[1]?.refuse("the disk is full");
  await vi.waitFor(() => expect(found.error?.message).toBe("the disk is full"));
  expect(found.data?.total).toBe(4);
});

test("an act under way is not begun again, and its refusal is kept", async () => {
  const search = action("customers");
  const first = search.run({ text: "x", offset: 0, limit: 1 });
  expect(await search.run({ text: "x", offset: 0, limit: 1 })).toBeNull();
  expect(asked.length).toBe(1);
  asked[0]?.refuse("no");
  expect(await first).toBeNull();
  expect([search.busy, search.error?.code, search.error?.hint]).toEqual([false, "storage", "Try again."]);
});
