import { expect, test } from "vitest";
import { chart } from "./chart";

const size = { width: 300, height: 100, edge: 10 };
const year = (school_year: string, case_price: string) => ({ school_year, case_price, margin: null });

test("years follow each other without a gap, the dearest on top", () => {
  const { levels } = chart({ years: [year("2026-2027", "42"), year("2025-2026", "40")], quoted: [] }, size);
  expect(levels.map((level) => level.year)).toEqual(["2025-2026", "2026-2027"]);
  expect(levels[0]?.from).toBe(10);
  expect(levels[0]?.to).toBeCloseTo(levels[1]?.from ?? 0);
  expect(levels[1]?.to).toBe(290);
  expect([levels[0]?.y, levels[1]?.y]).toEqual([90, 10]);
});

test("a quote stands on its day, at its own price", () => {
  const quoted = [{ quote_id: "q-1", at: "2025-12-31T00:00:00Z", case_price: "41", lifecycle_status: "sent" as const }];
  const { dots } = chart({ years: [year("2025-2026", "40"), year("2026-2027", "42")], quoted }, size);
  expect(dots[0]?.y).toBe(50);
  expect(dots[0]?.x).toBeGreaterThan(70);
  expect(dots[0]?.x).toBeLessThan(90);
});

test("one price that never moved lies in the middle", () => {
  const { levels } = chart({ years: [year("2026-2027", "42")], quoted: [] }, size);
  expect(levels[0]).toMatchObject({ from: 10, to: 290, y: 50 });
});

test("nothing makes an empty picture", () => {
  expect(chart({ years: [], quoted: [] }, size)).toEqual({ levels: [], dots: [] });
});
