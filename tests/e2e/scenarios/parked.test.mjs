/** What the central refuses is set aside and told in plain words; everything else goes on. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { CURRENT, NEEDS_ONE, STATUS, arrive, beginDraft, press, submit } from "../lib/gestures.mjs";
import { openStage } from "../lib/stage.mjs";

const REP = "Dana Whitlock";

let stage, office, window, lost, kept;
const status = (pattern, options) => window.says(pattern, { css: STATUS, within: 60_000, ...options });

/** While her machine is shut the customer goes to somebody else; then she opens it again. */
async function loseItMeanwhile() {
  await window.close();
  await office.plugIn();
  await office.giveTerritory(lost.id, "Somebody Else");
  window = await stage.openWindow("dana");
}

before(async () => {
  stage = await openStage();
  office = stage.office;
  [lost, kept] = office.customers().filter((one) => one.sales_rep === REP && one.entitystatus === "active");
  window = await stage.openWindow("dana");
  await arrive(window, office, REP);
});

after(() => stage?.close());

test("a draft for a customer who went to somebody else is set aside, and the other work goes through", async () => {
  await office.unplug();
  await beginDraft(window, `quote ${lost.id} for 2026-2027: 30 cases of 10412 at 40.00`);
  await window.says(lost.name, { css: "header h1" });
  await beginDraft(window, `quote ${kept.id} for 2026-2027: 60 cases of 10412 at 40.00`);
  await window.says(kept.name, { css: "header h1" });
  await submit(window);
  await status(/^offline\s*·\s*\d+ waiting\s*·\s*prices as of/);

  await loseItMeanwhile();
  await status(NEEDS_ONE);
});

test("it is told why, in plain words, and what helps", async () => {
  await window.go("/sync");
  // The customer's own row went with the territory.
  const item = await window.says(/Have it given back/, { css: "main article" });
  for (const words of [
    `Draft for ${lost.id}`,
    `customer ${lost.id} is not in your territory`,
    "The customer is in another territory. Have it given back and retry, or throw this away.",
  ]) {
    assert.ok(item.includes(words), `${words}\nin:\n${item}`);
  }
  const page = await window.text("main");
  assert.match(page, /1 set aside; the rest goes on without it/);
  assert.match(page, /Nothing waits\./);
});

test("once it is given back, it goes when it is retried, and nothing needs her", async () => {
  await office.giveTerritory(lost.id, REP);
  await press(window, "Retry", { part: "main article" });
  await status(CURRENT);
  assert.equal(await window.text("main article"), "");
});

test("throwing away asks once, says what it does, and leaves nothing behind", async () => {
  await office.unplug();
  const draft = await beginDraft(window, `quote ${lost.id} for 2026-2027: 10 cases of 10412 at 40.00`);
  await window.says(lost.name, { css: "header h1" });
  await loseItMeanwhile();
  await status(NEEDS_ONE);

  await window.go("/sync");
  await window.says("Have it given back", { css: "main article" });
  await press(window, "Discard…", { part: "main article" });
  const asked = await window.says("This cannot be taken back.", { css: "dialog[open]" });
  assert.match(asked, /Discard: Edit of a draft, Draft for /);
  assert.match(asked, /This change of the draft stays on this device; the others will not see it\./);
  await press(window, "Keep it", { part: "dialog[open]" });
  await window.says(`Draft for ${lost.id}`, { css: "main article" });

  await press(window, "Discard…", { part: "main article" });
  await press(window, "Discard", { part: "dialog[open]" });
  await status(CURRENT);
  await window.go(`/draft/${draft}`);
  await window.says("10412", { css: "section[aria-label=Quote]" });
});
