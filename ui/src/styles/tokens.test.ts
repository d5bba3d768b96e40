// The colours as they are in the file, and what WCAG 2.2 asks of them.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const file = readFileSync("src/styles/tokens.css", "utf8");
const pairs = new Map(
  [...file.matchAll(/--([\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\);/g)].map(([, name, light, dark]) => [name, { light, dark }]),
);

function luminance(colour: string): number {
  const [l = 0, c = 0, h = 0] = colour.slice(6).split(/[\s/)]+/).map(Number);
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const [L = 0, M = 0, S = 0] = [
    l + 0.3963377774 * a + 0.2158037573 * b,
    l - 0.1055613458 * a - 0.0638541728 * b,
    l - 0.0894841775 * a - 1.291485548 * b,
  ].map((root) => root ** 3);
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S);
  const green = clip(-1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S);
  const blue = clip(-0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: "light" | "dark"): number {
  const [a, b] = [one, other].map((name) => {
    const colour = pairs.get(name)?.[theme];
    if (!colour) throw new Error(`no colour --${name}`);
    return luminance(colour);
  }) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test("text reads on every ground it stands on", () => {
    for (const ground of ["surface-0", "surface-1", "surface-2", "accent-subtle"]) {
      for (const text of ["text", "text-subtle", "text-faint"]) {
        expect(contrast(text, ground, theme), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const ground of ["ok", "warn", "danger", "info"]) {
      for (const text of ["text", "text-subtle"]) {
        expect(contrast(text, `${ground}-subtle`, theme), `${text} on ${ground}-subtle`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test("each meaning reads on the page, on a row that is pointed at, and on its own ground", () => {
    for (const meaning of ["accent", "ok", "warn", "danger", "info"]) {
      for (const ground of ["surface-0", "surface-1", "surface-2", `${meaning}-subtle`, "accent-subtle"]) {
        expect(contrast(meaning, ground, theme), `${meaning} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast("text-on-accent", "accent", theme)).toBeGreaterThanOrEqual(4.5);
  });

  test("what shows where the focus is and where a field ends is seen", () => {
    for (const ground of ["surface-0", "surface-1", "surface-2"]) {
      expect(contrast("focus", ground, theme)).toBeGreaterThanOrEqual(3);
      expect(contrast("line-strong", ground, theme)).toBeGreaterThanOrEqual(3);
    }
  });
});
