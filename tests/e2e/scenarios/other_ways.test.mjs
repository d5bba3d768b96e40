/**
 * What else a day holds: a quote that is sent back, several approved at once, things found by their names, and a
 * file that is not right.
 */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { PASSPHRASE, sampleDesk } from "../lib/desk.mjs";
import { press, type } from "../lib/gestures.mjs";
import { emptyFolder } from "../lib/home.mjs";
import { address, arrival, walk } from "../lib/places.mjs";
import { until } from "../lib/processes.mjs";
import { openScreen } from "../lib/screen.mjs";
import { story } from "../lib/story.mjs";
import { chooseFile } from "../lib/views.mjs";
import { Key, openWindow, root } from "../lib/window.mjs";

test("sent back, approved together, found, and refused", { timeout: 120_000 }, async (t) => {
  const folder = emptyFolder();
  const home = join(folder.path, "desk");
  const desk = await sampleDesk(home);
  const back = await desk.submitted("quote C10003 40 cases of 10412 at list price for 2026-2027, with pdf", { as: "Dana Ruiz" });
  await desk.submitted("quote C10008 240 cases of 10412 and 90 cases of 20825 at 25.10 for 2026-2027, with pdf", { as: "Dana Ruiz" });
  await desk.submitted("quote C10005 24 cases of 20880 at list price for 2026-2027", { as: "Dana Ruiz" });
  await desk.submitted("quote C10006 64 cases of 10412 at list price for 2026-2027", { as: "Dana Ruiz" });

  const screen = await openScreen();
  const window = await openWindow(screen, { home, passphrase: PASSPHRASE });
  const step = story(t, () => window);
  const queue = () => window.text("[role=listbox][aria-label='Waiting for a decision']");
  try {
    await step("the desk opens", async () => {
      await window.size(1280, 800);
      await window.find("main");
    });

    await step("a rejection needs a reason, and brings the draft back with it", async () => {
      await walk(window, "a");
      await window.says("Q-2627-", { css: "main" });
      await window.says("Approving starts the release", { css: "footer[aria-label=Decision]" });
      assert.match(await window.text("[role=listbox] [aria-selected=true]"), /Marble Creek/, "the oldest is in hand");
      await window.press("r");
      await window.find("dialog[open] textarea");
      await window.chord(Key.CONTROL, Key.ENTER);
      await window.says("Say why", { css: "dialog[open]" });
      assert.match(await queue(), /Marble Creek/, "an empty reason rejects nothing");
      await window.press("They asked for 2027-2028");
      await window.chord(Key.CONTROL, Key.ENTER);
      await window.says("rejected; nothing was released");
      await window.go(`/draft/${back.draft_id}`);
      await window.says("They asked for 2027-2028", { css: "main" });
      await until("a draft that can be submitted again", () =>
        window.browser.executeScript("return [...document.querySelectorAll('main button')].some((one) => one.innerText.startsWith('Submit') && !one.disabled)"));
    });

    await step("rows without flags are approved together, and a flagged one is not marked", async () => {
      await walk(window, "a");
      await until("three that wait", async () => ((await queue()).match(/quote/g) ?? []).length === 3);
      await window.chord(Key.SHIFT, "x");
      await window.says("2 rows marked", { css: "main" });
      await window.press("b");
      const asked = await window.says("Approve 2 actions without flags?", { css: "dialog[open]" });
      assert.match(asked, /Prairie Hollow Public Schools/);
      assert.match(asked, /Prairie Hollow Purchasing Cooperative/);
      assert.doesNotMatch(asked, /Ostrander/);
      await window.press(Key.ENTER);
      await window.says("2 of 2 approved", { css: "dialog[open]" });
      await window.press(Key.ENTER);
      await until("the dialog to close", async () => (await window.text("dialog[open]")) === "");
      await window.press("u");
      await until("the releases to wait, and the flagged quote still", async () => {
        const waits = await queue();
        return (waits.match(/release/g) ?? []).length === 2 && /Ostrander/.test(waits);
      });
    });

    await step("the palette finds a customer by name and opens it", async () => {
      await window.chord(Key.CONTROL, "k");
      await window.find("dialog[open] input");
      await window.press("larkmoor");
      await window.says(/Larkmoor Unified School District/, { css: "dialog[open] [role=option][aria-selected=true]" });
      await window.press(Key.ENTER);
      await arrival(window, /^\/customers\/C10007$/);
      await window.says("Larkmoor Unified School District", { css: "main" });
    });

    await step("? shows the keys of where one is", async () => {
      await walk(window, "a");
      await window.press("?");
      const keys = await window.says("Keys", { css: "dialog[open]" });
      assert.match(keys, /Approve\s+A/);
      assert.match(keys, /Go to quotes\s+G\s+Q/);
      await window.press(Key.ESCAPE);
      await until("the keys put away", async () => (await window.text("dialog[open]")) === "");
      assert.match(await address(window), /^\/approvals/, "Esc closes the keys and goes nowhere");
    });

    await step("a file with a wrong row says its line and column, and changes nothing", async () => {
      const right = readFileSync(`${root}/tests/fixtures/import/customers.csv`, "utf8");
      const wrong = join(folder.path, "customers.csv");
      writeFileSync(wrong, right.replace("C2,Cedar Falls School District,district", "C2,Cedar Falls School District,castle"));
      await window.go("/import");
      await window.says("Into which table?");
      await chooseFile(window, wrong);
      const said = await window.says("What is wrong", { css: "main" });
      assert.match(said, /\b3\s+customer_type\b[^\n]*castle/, "line 3, column customer_type, and the value");
      assert.match(said, /New\s+3\b/);
      await walk(window, "c");
      await window.says("73 customers", { css: "main" });
    });

    await step("told to leave the wrong row out, it brings in the others", async () => {
      await window.go("/import");
      await press(window, "Import the 3 right rows");
      await window.says(/3/, { css: "main" });
      await walk(window, "c");
      await window.says("76 customers", { css: "main" });
    });
  } finally {
    await window.close();
    await screen.close();
    folder.close();
  }
});
