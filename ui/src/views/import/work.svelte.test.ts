import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Asked, noShell, shell } from "../../lib/backend/shell.fixture";
import { work } from "./work.svelte";

type Call = Asked<Record<string, unknown>>;
let calls: Call[] = [];
let answer: (call: Call) => unknown;

const PREVIEW = { table: "pricing_master", header: [], sample: [], total: 2, good: 1, bad: [], bad_count: 1, new_rows: 1, changed_rows: 0 };
const csv = (text: string | Uint8Array<ArrayBuffer>): File => new File([text], "prices.csv");

beforeEach(() => {
  calls = [];
  answer = () => PREVIEW;
  shell<Call["args"]>((asked) => {
    calls.push(asked);
    return answer(asked);
  });
  work.again();
});
afterEach(noShell);

test("a file is looked through for the table its header names", async () => {
  await work.take(csv("customer_id,item_code,school_year,case_price\n1,2,3,4\n"));
  expect(work.stage).toBe("preview");
  expect(calls.map(({ command, args }) => [command, args.table])).toEqual([["import_preview", "pricing_master"]]);
});

test("a file that is no UTF-8 is refused before it is sent anywhere", async () => {
  await work.take(csv(Uint8Array.from([0x61, 0xf1])));
  expect(work.error?.message).toContain("not in UTF-8");
  expect(calls).toEqual([]);
});

test("a look that was overtaken by another table is dropped", async () => {
  const late: ((value: unknown) => void)[] = [];
  answer = () => new Promise((done) => late.push(done));
  const first = work.take(csv("customer_id,item_code,school_year\n1,2,3\n"));
  await vi.waitFor(() => expect(late).toHaveLength(1));
  work.into("customers");
  late[1]?.({ ...PREVIEW, table: "customers", total: 7 });
  await vi.waitFor(() => expect(work.preview?.total).toBe(7));
  late[0]?.({ ...PREVIEW, total: 99 });
  await first;
  expect(work.preview?.total).toBe(7);
});

test("an import that a person stopped is no error, and can be run again", async () => {
  await work.take(csv("customer_id,item_code,school_year\n1,2,3\n"));
  answer = ({ command }) => {
    if (command === "import_run") throw { code: "cancelled", message: "prices.csv: the import was stopped", hint: "Nothing was imported." };
    return PREVIEW;
  };
  await work.run(true);
  expect([work.stage, work.stopped, work.error]).toEqual(["preview", true, undefined]);
  answer = () => ({ table: "pricing_master", rows: 1, skipped: 1, bad_rows: [] });
  await work.run(true);
  expect(work.stage).toBe("done");
  expect(work.result?.rows).toBe(1);
});
