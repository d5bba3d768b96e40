import { expect, test, vi } from "vitest";
import { remembered, returnFocus, router } from "./router.svelte";

test("back leads to where one came from", async () => {
  router.go("/quotes");
  router.go("/customers/c1");
  expect(router.back()).toBe(true);
  await vi.waitFor(() => expect(router.route.path).toBe("/quotes"));
});

test("a page opened from outside leads up to its list, and a list nowhere", async () => {
  history.replaceState({ depth: 0 }, "", "#/runs/run_1");
  dispatchEvent(new PopStateEvent("popstate"));
  expect(router.back()).toBe(true);
  expect(router.route.path).toBe("/runs");
  expect(router.back()).toBe(false);
});

test("what a page remembers is there when one comes back, and only there", () => {
  router.go("/quotes");
  remembered("scroll", 0).value = 420;
  router.go("/customers");
  expect(remembered("scroll", 0).value).toBe(0);
  router.go("/quotes");
  expect(remembered("scroll", 0).value).toBe(420);
});

test("the focus returns to what had it", () => {
  document.body.innerHTML = `<button data-focus="a"></button><button data-focus="b"></button>`;
  router.go("/customers");
  document.querySelector<HTMLElement>("[data-focus=b]")?.focus();
  router.go("/quotes");
  document.querySelector<HTMLElement>("[data-focus=b]")?.blur();
  router.go("/customers");
  returnFocus();
  expect(document.activeElement?.getAttribute("data-focus")).toBe("b");
});
