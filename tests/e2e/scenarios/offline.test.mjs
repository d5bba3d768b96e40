/** Off the network and back on it: what was done meanwhile goes by itself, and the status line is true throughout. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { CURRENT, STATUS, address, beginDraft, connect, press, setUp, submit, watch } from "../lib/gestures.mjs";
import { openStage } from "../lib/stage.mjs";

const MESSAGE = "quote C10001 for 2026-2027: 120 cases of 10412 and 40 cases of 20817 at 34.50, with pdf";

let stage, office, window;

before(async () => {
  stage = await openStage();
  office = stage.office;
  window = await stage.openWindow("mike");
});

after(() => stage?.close());

let run;
const says = (pattern, options) => window.says(pattern, { css: STATUS, ...options });

test("a first run connects, shows how the first sync goes, and ends verified current", async () => {
  await setUp(window, "Mike", "a long passphrase");
  const seen = await watch(window, "section:has(progress)");
  await connect(window, office, "Mike");
  await window.says("You are connected");
  await window.says("Everything is here", { within: 60_000 });
  const said = (await seen()).join("\n");
  assert.match(said, /Customers, items, prices and quotes are coming/);
  assert.match(said, /[1-9][\d,]*( of [\d,]+)?/, "how far it had come was shown");
  await press(window, "Open FieldQuote");
  await says(CURRENT);
});

test("off the network, the status line says so though nothing was asked of it", async () => {
  await office.unplug();
  await says(/^offline\s*·\s*prices as of today \d\d:\d\d\s*$/, { within: 20_000 });
});

test("off the network, the whole job is done and the status line says what waits", async () => {
  await beginDraft(window, MESSAGE);
  await says(/^offline\s*·\s*[1-9]\d* waiting\s*·\s*prices as of/);
  await submit(window);
  await press(window, "Approve and release", { part: "footer" });
  await window.says("its email waits for approval");
  await window.click("footer > a.run");
  await window.says("Customer quote, version", { css: "main" });
  run = await address(window);
  await says(/^offline\s*·\s*\d+ waiting\s*·\s*prices as of/);
});

test("the sync centre shows the queue and that nothing is lost", async () => {
  await window.go("/sync");
  await window.says(/Offline\s+Waiting for a connection\. Nothing is lost\./, { css: "main" });
  const waiting = Number(/(\d+) waiting/.exec(await window.text(STATUS))[1]);
  assert.ok(waiting >= 4, `${waiting} operations wait`);
  const page = await window.says(`${waiting} waiting, the oldest first`, { css: "main" });
  for (const word of ["Edit of a draft", "Action for approval", "Decision", "Records", "Document"]) assert.ok(page.includes(word), word);
  assert.match(page, /nothing is lost/);
});

test("back on the network the queue empties by itself", async () => {
  await office.plugIn();
  await says(CURRENT, { within: 60_000 });
  await window.says("Nothing waits.", { css: "main" });
  await window.says("this device and the central held the same.", { css: "main" });
});

test("an approved email goes out, and that it did is proven without another gesture", async () => {
  await window.go("/approvals");
  await window.says(/email/, { css: "section[aria-label=Queue]" });
  await window.says("Approving sends this email", { css: "footer[aria-label=Decision]" });
  await press(window, "Approve", { part: "footer" });
  await window.says("email approved");
  await window.go(run);
  await window.says(/Email sent\s+passed/, { css: "main", within: 90_000 });
  const page = await window.text("main");
  for (const proven of [/Quote persisted\s+passed/, /PDF stored\s+passed/]) assert.match(page, proven);

  await press(window, "Quote", { part: "main" });
  await window.says(/sent/, { css: "ol[aria-label='Where this quote stands'] [aria-current=step]" });
  await says(CURRENT);
});
