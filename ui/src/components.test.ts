// Rules of the house that a reader would otherwise have to check by eye.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(svelte|ts)$/.test(name) && !name.includes(".test."))
  .map((name) => ({ name, text: readFileSync(join("src", name), "utf8") }));

test("only lib/backend speaks to the shell", () => {
  const others = files.filter(({ name, text }) => !name.startsWith("lib/backend/") && text.includes("@tauri-apps/"));
  expect(others.map(({ name }) => name)).toEqual([]);
});

test("components hold no colour and no length of their own", () => {
  const raw = files.flatMap(({ name, text }) => {
    // Queries cannot read a token; what they lead to can.
    const style = (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? "").replace(/@(media|container)[^{]*/g, "");
    return [...style.matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(|(?<![\w-])\d*\.?\d+px|\d+m?s\b/gi)].map((hit) => `${name}: ${hit[0]}`);
  });
  expect(raw).toEqual([]);
});
