import { expect, test, vi } from "vitest";
import { Pages, type Source } from "./pages.svelte";

const numbers = (total: number): Source<number> => (offset, limit) =>
  Promise.resolve({ rows: Array.from({ length: Math.min(limit, total - offset) }, (_, i) => offset + i), total });

test("only what is in sight is asked for, and only once", async () => {
  const source = vi.fn(numbers(1_000_000));
  const list = new Pages(source);
  list.want(500_000, 30);
  list.want(500_010, 30);
  await vi.waitFor(() => expect(list.row(500_020)).toBe(500_020));
  expect(source.mock.calls).toEqual([[500_000, 100]]);
});

test("a long way through a list does not keep all of it", async () => {
  const list = new Pages(numbers(1_000_000));
  for (let page = 0; page < 60; page += 1) {
    list.want(page * 100, 1);
    await vi.waitFor(() => expect(list.row(page * 100)).toBe(page * 100), { interval: 1 });
  }
  expect(list.row(0)).toBeUndefined();
});

test("an answer for a list that is no longer shown is dropped", async () => {
  let late: (answer: { rows: number[]; total: number }) => void = () => {};
  const list = new Pages<number>(() => new Promise((done) => (late = done)));
  list.want(0, 1);
  list.restart(numbers(3));
  await vi.waitFor(() => expect(list.total).toBe(3));
  late({ rows: [42], total: 1 });
  await Promise.resolve();
  expect([list.row(0), list.total]).toEqual([0, 3]);
});

test("a refresh keeps the rows in sight until their news is here", async () => {
  let total = 3;
  const list = new Pages<number>((offset, limit) => numbers(total)(offset, limit));
  list.want(0, 3);
  await vi.waitFor(() => expect(list.total).toBe(3));
  total = 4;
  list.refresh(0, 3);
  expect(list.row(2)).toBe(2);
  await vi.waitFor(() => expect(list.row(3)).toBe(3));
});
