import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import DayField from "./DayField.svelte";

let draft = $state.raw<{ valid_until: string | null }>({ valid_until: null });
let shown: Record<string, unknown> | undefined;

function open(day: string | null): HTMLInputElement {
  draft = { valid_until: day };
  shown = mount(DayField, {
    target: document.body,
    props: {
      get day() {
        return draft.valid_until;
      },
      usual: null,
      onset: vi.fn(),
    },
  });
  flushSync();
  return document.querySelector("input")!;
}
function news(day: string | null): void {
  draft = { valid_until: day };
  flushSync();
}
afterEach(async () => {
  if (shown) await unmount(shown);
});

test("the day somebody else sets is shown", () => {
  const field = open("2027-03-31");
  news("2027-04-30");
  expect(field.value).toBe("2027-04-30");
  news(null);
  expect(field.value).toBe("");
});

test("news of the draft that leaves the day as it was takes nothing away from who is typing one", () => {
  const field = open("2027-03-31");
  field.value = "Apr";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  news("2027-03-31");
  expect(field.value).toBe("Apr");
});
