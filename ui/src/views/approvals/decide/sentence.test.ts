import { describe, expect, it } from "vitest";
import type { ActionShown } from "../../../lib/gen/api";
import { barSentence } from "./sentence";

const email = {
  action_type: "send_quote_to_customer", status: "pending", drafted_by: "Dana", editable: true,
  shows: { kind: "email", email: { to: "", subject: "", body: "", attachment: null }, quote_id: "Q-1" },
} as unknown as ActionShown;
const at = { mayDecide: true, user: "Mike", role: "approver", connected: true };

describe("the sentence over the buttons", () => {
  it("says of an email that it cannot be called back, connected or not", () => {
    expect(barSentence({ ...at, shown: email })).toContain("cannot be called back");
    expect(barSentence({ ...at, connected: false, shown: email })).toContain("cannot be called back");
  });

  it("tells a rep who decides and what is left to do", () => {
    const gate = { ...email, shows: { kind: "gate", gate: { approver: "Mike", checks: [], releases: [] } } } as unknown as ActionShown;
    expect(barSentence({ ...at, mayDecide: false, user: "Dana", role: "rep", shown: gate })).toBe(
      "Mike decides this; you are signed in as rep. You can still edit it.",
    );
  });

  it("does not promise a release that a check would stop", () => {
    const checks = [{ id: "hold", rule: "", severity: "block", outcome: "unknown" }];
    const draft = { ...email, action_type: "quote_draft", shows: { kind: "quote_draft", submission: { quote: {} }, gate: { checks } } } as unknown as ActionShown;
    expect(barSentence({ ...at, shown: draft })).toContain("would stop the release");
  });

  it("offers nothing for what is decided", () => {
    expect(barSentence({ ...at, shown: { ...email, status: "voided" } as ActionShown })).toContain("Nothing to decide");
  });
});
