/** A device the central was told to forget: the work goes on, nothing is lost, and signing in again sends it. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { CURRENT, STATUS, arrive, beginDraft, press, type } from "../lib/gestures.mjs";
import { openStage } from "../lib/stage.mjs";

const REP = "Dana Whitlock";

let stage, office, window;
const status = (pattern, options) => window.says(pattern, { css: STATUS, within: 60_000, ...options });

/** Whoever runs the central takes its devices away, as one does with a lost laptop. */
async function revokeEveryDevice() {
  const { devices } = await office.ask("/v1/admin/devices");
  assert.ok(devices.length > 0);
  for (const { id } of devices) await office.admin(`/v1/admin/devices/${id}/revoke`, {});
}

before(async () => {
  stage = await openStage();
  office = stage.office;
  window = await stage.openWindow("dana");
  await arrive(window, office, REP);
});

after(() => stage?.close());

test("a revoked device says that it must sign in, and keeps what was done on it", async () => {
  await revokeEveryDevice();
  await beginDraft(window, "quote C10001 for 2026-2027: 30 cases of 10412 at 40.00");
  await status(/^sign-in needed\b/);
  await window.go("/sync");
  await window.says("The central does not know this device any more. What waits is kept until you sign in again.", { css: "main" });
  await press(window, "Sign in again", { part: "main" });
  await window.says("What waits is kept until you sign in again", { css: "main" });
});

test("a code that is none is refused in words, and changes nothing", async () => {
  await type(window, "One-time code", "0000-0000-0000");
  await press(window, "Sign in", { part: "main" });
  await window.says(/code/i, { css: "main [role=alert]" });
  await status(/^sign-in needed\b/);
});

test("signed in again, what waited is sent", async () => {
  await type(window, "One-time code", await office.code(REP));
  await press(window, "Sign in", { part: "main" });
  await status(CURRENT);
  await window.go("/sync");
  await window.says(/Nothing waits\./, { css: "main" });
});
