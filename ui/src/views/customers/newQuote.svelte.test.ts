import { afterEach, beforeEach, expect, test } from "vitest";
import { noShell, shell } from "../../lib/backend/shell.fixture";
import { router } from "../../lib/router.svelte";
import { NewQuote } from "./newQuote.svelte";

let called: string[] = [];
let refusals = 0;

beforeEach(() => {
  called = [];
  refusals = 0;
  router.replace("/customers/C1");
  shell<{ edits?: unknown }>(({ command, args }) => {
    called.push(args.edits ? `${command} ${JSON.stringify(args.edits)}` : command);
    if (command === "draft_edit" && refusals > 0) {
      refusals -= 1;
      throw { code: "busy", message: "The desk is busy", hint: "Try again." };
    }
    return { draft_id: "d-1" };
  });
});
afterEach(noShell);

test("a new quote is a draft with the customer in it, and one goes there", async () => {
  await new NewQuote().start("C1");
  expect(called).toEqual(["draft_new", 'draft_edit [{"edit":"set_customer","customer_id":"C1"}]']);
  expect(router.route.path).toBe("/draft/d-1");
});

test("refused and tried again, there is still one draft", async () => {
  refusals = 1;
  const fresh = new NewQuote();
  await fresh.start("C1");
  expect(fresh.error?.message).toBe("The desk is busy");
  expect(router.route.path).toBe("/customers/C1");
  await fresh.start("C1");
  expect(called.filter((command) => command === "draft_new")).toHaveLength(1);
  expect(router.route.path).toBe("/draft/d-1");
});

test("pressed twice, it starts once", async () => {
  const fresh = new NewQuote();
  await Promise.all([fresh.start("C1"), fresh.start("C1")]);
  expect(called.filter((command) => command === "draft_new")).toHaveLength(1);
});
