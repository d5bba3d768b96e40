import { describe, expect, test } from "vitest";
import { HOME, parent, parse, to } from "./routes";

describe("addresses", () => {
  test.each([
    ["/draft", "drafts", "draft", {}],
    ["/draft/d_1", "draft", "draft", { id: "d_1" }],
    ["/quotes/compare/q-1/q-2", "compare", "quotes", { a: "q-1", b: "q-2" }],
    ["/catalog/10412", "item", "catalog", { code: "10412" }],
    ["/prices", "prices", "catalog", {}],
    ["#/runs/run_7", "run", "runs", { id: "run_7" }],
  ])("%s", (address, name, view, params) => expect(parse(address)).toMatchObject({ name, view, params }));

  test("an id with any sign in it comes back whole", () => {
    const id = "A/B C?d#e%";
    expect(parse(to("customers", id)).params.id).toBe(id);
  });

  test("an unknown or broken address leads home", () => {
    for (const address of ["", "/", "/nowhere", "/quotes/1/2", "/quotes/%E0%A4%A"]) expect(parse(address).path).toBe(HOME);
  });

  test("filters travel in the address", () => {
    expect(parse("/quotes?customer=c%201&year=2026-2027").search).toEqual({ customer: "c 1", year: "2026-2027" });
  });

  test("a page leads up to its list; a list leads nowhere", () => {
    expect(parent(parse("/quotes/compare/a/b"))).toBe("/quotes");
    expect(parent(parse("/quotes"))).toBeNull();
  });
});
