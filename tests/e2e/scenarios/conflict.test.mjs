/** Two people, off the network, doing different things to one thing: both are shown, and a person chooses. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { joinDevice } from "../lib/device.mjs";
import { CURRENT, NEEDS_ONE, STATUS, address, arrive, press, say, submit } from "../lib/gestures.mjs";
import { leaveField } from "../lib/places.mjs";
import { until } from "../lib/processes.mjs";
import { openStage } from "../lib/stage.mjs";
import { Key } from "../lib/window.mjs";

const REP = "Dana Whitlock";
const OTHER = "Ann";
const MESSAGE = "quote C10001 for 2026-2027: 120 cases of 10412 and 40 cases of 20817 at 34.50, with pdf";
const CONFLICTS = "section[aria-label='Set differently by two people']";

let stage, office, window, rep, other, draft, action;
const status = (pattern, options) => window.says(pattern, { css: STATUS, ...options });

before(async () => {
  stage = await openStage();
  office = stage.office;
  await office.admin("/v1/admin/users", { name: OTHER, role: "approver", sales_rep: null });
  rep = await joinDevice(stage.home("rep"), office, REP);
  draft = await rep.beginDraft(MESSAGE);
  window = await stage.openWindow("mike");
  await arrive(window, office, "Mike");
});

after(() => stage?.close());

test("two prices said offline for one line are both there, with who said them", async () => {
  await window.go(`/draft/${draft}`);
  await window.says("10412", { css: "section[aria-label=Quote]" });
  await office.unplug();
  await say(window, "10412 at 39.50");
  await window.says("39.5000", { css: "section[aria-label=Quote]" });
  await status(/^offline\s*·\s*\d+ waiting/);
  await rep.chat("10412 at 41.00", draft);

  await office.plugIn();
  await rep.sync();
  const shown = await window.says(/39\.50[^]*41\.00|41\.00[^]*39\.50/, { css: CONFLICTS, within: 60_000 });
  for (const person of ["Mike", REP]) assert.ok(shown.includes(person), `${person} in: ${shown}`);
  assert.match(shown, /Price · 10412/);
  await status(NEEDS_ONE);
});

test("it is not submitted while both stand", async () => {
  await window.says("Two people set one thing differently; choose which holds.", { css: "section[aria-label=Quote]" });
  const button = await window.find("section[aria-label=Quote] footer button.primary");
  assert.equal(await button.isEnabled(), false, "Submit");
  // By its key it is refused too, and the keyboard is brought to where the choice is.
  await window.chord(Key.CONTROL, Key.ENTER);
  await until("the choice has the keyboard", () =>
    window.browser.executeScript("return document.activeElement.closest(arguments[0]) !== null", CONFLICTS),
  );
  assert.equal(await address(window), `/draft/${draft}`);
});

test("the sync centre has the two side by side", async () => {
  await window.go("/sync");
  const shown = await window.says(/Price of 10412[^]*Choose this[^]*Choose this/, { css: "main" });
  for (const side of [/Mike/, /Dana Whitlock/, /39\.50/, /41\.00/, /1 in conflict/]) assert.match(shown, side);
});

test("choosing one settles it, here and on the other device, and it is submitted", async () => {
  await window.go(`/draft/${draft}`);
  await press(window, /^Use this.* by Dana Whitlock$/, { part: CONFLICTS });
  await window.says("41.0000", { css: "section[aria-label=Quote] table, section[aria-label=Quote] [role=grid]" });
  await status(CURRENT, { within: 40_000 });
  assert.equal(await window.text(CONFLICTS), "", "nothing is left to choose");
  action = await submit(window);
  await status(CURRENT, { within: 40_000 });

  await rep.sync();
  const theirs = await rep.run("draft", "show", draft);
  assert.deepEqual(theirs.conflicts, []);
  assert.equal(theirs.lines.find((line) => line.item_code === "10412").case_price, "41.0000");
});

test("the history says who set what and when, and what the choice settled", async () => {
  await window.go(`/draft/${draft}`);
  await window.says("10412", { css: "section[aria-label=Quote]" });
  await leaveField(window);
  await window.press("h");
  const drawer = "dialog[open]";
  // What was chosen is one of the two that were said, and is a change of its own, the newest.
  const told = await window.says(/10412: \$41\.00 a case, where .* were set\s+Mike[^]*list price → /, { css: drawer });
  for (const said of [/where .*\$41\.00 a case/, /where .*\$39\.50 a case/]) assert.match(told, said);
  assert.match(told, /10412: list price → \$39\.50 a case\s+Mike/);
  assert.match(told, /10412: list price → \$41\.00 a case\s+Dana Whitlock/);
  assert.match(told, /this device/);
  // From the keyboard: the entry before the newest beside now.
  await window.press(Key.ARROW_DOWN);
  await window.press(Key.ENTER);
  await window.find(`${drawer} section[aria-label=Compare] :is(ul, p)`);
  await window.press(Key.ESCAPE);
  await until("the drawer is closed", async () => (await window.text(drawer)) === "");
});

test("of two decisions made offline the first at the central stands, and the other one is told so", async () => {
  other = await joinDevice(stage.home("other"), office, OTHER);
  await window.go(`/approvals/${action}`);
  await window.find("footer button");
  await office.unplug();
  await press(window, "Approve and release", { part: "footer" });
  await window.says("its email waits for approval");
  await status(/^offline\s*·\s*\d+ waiting/);
  await other.run("action", "reject", action, "--reason", "the pizza is too cheap");

  // Mike's machine is shut; the other one's decision gets there first.
  await window.close();
  await office.plugIn();
  await other.sync();
  window = await stage.openWindow("mike");
  await status(NEEDS_ONE, { within: 60_000 });

  await window.go("/sync");
  const shown = await window.says("Theirs, which came first and stands", { css: "main" });
  assert.match(shown, /Yours, not in force\s+approved/);
  assert.match(shown, /rejected by Ann[^]*the pizza is too cheap/);
});

test("what the decision that did not stand had done is undone, and once it is seen to nothing is left", async () => {
  await window.go(`/approvals/${action}`);
  await window.says(/rejected[^]*Ann|Ann[^]*rejected/, { css: "main" });
  await window.go("/quotes");
  await window.says(/\b0 quotes\b/, { css: "main" });
  await window.go("/sync");
  await press(window, "Seen to");
  await status(CURRENT, { within: 40_000 });
  assert.equal(await address(window), "/sync");
});
