import { expect, it } from "vitest";
import { claimInWords, conflictName } from "./conflicts";

it("a conflict says what it is about, also when its line is gone", () => {
  const removed = [{ line_id: "l9", item_code: "10412", quantity: 12, changed_meanwhile: true }];
  expect(conflictName({ field: "school_year", line_id: null, values: [] }, { lines: [], removed: [] })).toBe("School year");
  expect(conflictName({ field: "removal", line_id: "l9", values: [] }, { lines: [], removed })).toBe(
    "Whether the line stays · 10412, taken off",
  );
});

it("each value is read as a rep says it", () => {
  expect(claimInWords("quantity", "1")).toBe("1 case");
  expect(claimInWords("quantity", "120")).toBe("120 cases");
  expect(claimInWords("price", "given 41.7500")).toBe("$41.7500 a case");
  expect(claimInWords("removal", "removed")).toBe("Taken off");
  expect(claimInWords("school_year", "2026-2027")).toBe("2026-2027");
});
