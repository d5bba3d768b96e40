import { describe, expect, it } from "vitest";
import { linkWords } from "./link";

const status = (state: string, more: Partial<Parameters<typeof linkWords>[0]> = {}) => ({
  connected: true, last: { state, message: "" }, waiting: 0, parked: 0, ...more,
});

describe("the link's words", () => {
  it("never say that all is the same while something waits or needs a person", () => {
    expect(linkWords(status("current")).sentence).toContain("held the same");
    expect(linkWords(status("current", { waiting: 1 })).sentence).not.toContain("held the same");
    expect(linkWords(status("current", { parked: 1 })).sentence).not.toContain("held the same");
  });

  it("ask for a sign-in when that is what is missing, and for a central when there is none", () => {
    expect(linkWords(status("sign_in")).remedy).toBe("sign_in");
    expect(linkWords(status("current", { connected: false })).remedy).toBe("connect");
  });
});
