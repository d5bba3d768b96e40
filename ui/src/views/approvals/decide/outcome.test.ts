import { describe, expect, it } from "vitest";
import type { ActionListed, Decided } from "../../../lib/gen/api";
import { approved, released } from "./outcome";

const row = { action_type: "quote_draft", customer_name: "Cedar Falls CSD", summary: "" } as ActionListed;
const gate = { ...row, action_type: "workflow_customer_quote" } as ActionListed;
const came = (more: Partial<Decided>): Decided =>
  ({ run_id: "r1", run_status: "awaiting_approval", next_action: "a2", released: false, self_decided: false, ...more }) as Decided;

describe("what is said after a decision", () => {
  it("never calls an approval a release", () => {
    expect(approved(row, came({})).message).toBe("Cedar Falls CSD: approved; its release waits for approval");
  });

  it("says when approving and releasing stopped at the gate", () => {
    const said = released(row, came({}));
    expect(said.message).toContain("stopped at the gate");
    expect(said.tone).toBe("warn");
  });

  it("says that a blocked run released nothing", () => {
    const said = released(row, came({ run_status: "blocked", next_action: null }));
    expect(said.message).toContain("nothing was released");
    expect(said.tone).toBe("warn");
  });

  it("says that the email is yet to be approved", () => {
    expect(approved(gate, came({ run_status: "completed", next_action: "a3" })).message).toContain("email waits for approval");
  });

  it("does not promise what another device has to do", () => {
    expect(approved(gate, came({ run_id: null, run_status: null, next_action: null })).message).toContain("where it was drafted");
  });
});
