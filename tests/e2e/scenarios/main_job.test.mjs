/**
 * The main job in the real window, from an empty folder to an approved email, with a power cut in the middle.
 *
 * Nothing is asked of the shell: everything is done by hand and read off the screen.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { beginDraft, press, say, type } from "../lib/gestures.mjs";
import { emptyFolder } from "../lib/home.mjs";
import { pageShown } from "../lib/pages.mjs";
import { arrival, walk } from "../lib/places.mjs";
import { until } from "../lib/processes.mjs";
import { openScreen } from "../lib/screen.mjs";
import { story } from "../lib/story.mjs";
import { Key, openWindow } from "../lib/window.mjs";

const WISH =
  "quote Cedar Falls 120 cases of 10412 and the usual breakfast items for next school year, hold last year's prices, with pdf";
const PASSPHRASE = "pallet lantern forty rivers";
const CUSTOMER = "Cedar Falls Community School District";

/** What the line of an item says in the table of the draft. */
const line = (window, item) =>
  window.browser.executeScript(
    `return [...document.querySelectorAll("main [role=grid] tbody tr, main table tbody tr")]
       .find((row) => row.querySelector('[data-column=item]')?.innerText.trim() === arguments[0])
       ?.innerText.replace(/\\s+/g, " ") ?? ""`,
    item,
  );
/** The action that is in hand in the queue. */
const inHand = (window) =>
  window.browser.executeScript("return document.querySelector('[role=listbox] [aria-selected=true]')?.dataset.action");

const lineSays = (window, item, pattern) =>
  until(`the line of ${item} says ${pattern}`, async () => pattern.test(await line(window, item)));

test("from an empty folder to a released quote and an approved email, with a power cut between", { timeout: 180_000 }, async (t) => {
  const folder = emptyFolder();
  const screen = await openScreen();
  const open = async () => {
    const opened = await openWindow(screen, { home: folder.path, env: { FIELDQUOTE_PASSPHRASE: undefined } });
    await opened.size(1440, 900);
    return opened;
  };
  let window = await open();
  const step = story(t, () => window);
  let quote;
  let draft;
  let gate;
  try {
    await step("the first run makes a desk of sample data and shows its recovery key", async () => {
      await window.says("How do you want to begin?");
      await press(window, "Explore with sample data");
      await window.says("Who works here?");
      await type(window, "Your name", "Dana Ruiz");
      await window.press(Key.ENTER);
      await window.says("Where is the key kept?");
      await press(window, "With a passphrase", { tag: "label" });
      await type(window, "Passphrase", PASSPHRASE);
      await type(window, "The same again", PASSPHRASE);
      await window.press(Key.ENTER);
      await window.says("Keep this recovery key", { within: 40_000 });
      await window.says(/\b[0-9A-Z]{4}(-[0-9A-Z]{4}){5,}/, { css: "output" });
      await (await window.find("input[type=checkbox]")).click();
      await press(window, "Open FieldQuote");
      await window.says("No drafts yet");
      await window.says("on this device only");
    });

    await step("what is said becomes a draft, and what is not clear is asked", async () => {
      draft = await beginDraft(window, WISH);
      await window.says("Which “Cedar Falls” is it?");
      await lineSays(window, "10412", /\b120\b/);
      await press(window, "1 Cedar Falls Community School District");
      await window.says("what they were last quoted");
      for (const breakfast of ["20825", "20840", "20880", "20890"]) await lineSays(window, breakfast, /held/);
      await lineSays(window, "10412", /\b120 held 38\.0800\b/);
      await window.says("Net total\n16,758.32", { css: "main footer" });
    });

    await step("a cell is written by keyboard, undone and made again", async () => {
      await window.press(Key.ESCAPE);
      await window.press("l");
      await until("the keyboard in the cases of the first line", () =>
        window.browser.executeScript("return document.activeElement?.dataset.column === 'quantity'"));
      await window.press("1", "3", "0", Key.ENTER);
      await lineSays(window, "10412", /\b130 held\b.* 3,421\.60/);
      await window.says("Net total\n17,021.52", { css: "main footer" });
      await window.chord(Key.CONTROL, "z");
      await lineSays(window, "10412", /\b120 held\b.* 3,158\.40/);
      await window.says("Net total\n16,758.32", { css: "main footer" });
      await window.chord(Key.CONTROL, Key.SHIFT, "z");
      await lineSays(window, "10412", /\b130 held\b.* 3,421\.60/);
      await window.says("Net total\n17,021.52", { css: "main footer" });
    });

    await step("submitting asks for approval", async () => {
      await window.chord(Key.CONTROL, Key.ENTER);
      await arrival(window, /^\/approvals\/(.+)$/);
    });

    await step("after a power cut nothing is lost", async () => {
      await window.kill();
      window = await open();
      await window.says("Unlock this desk");
      await type(window, "Passphrase", "not the passphrase");
      await window.press(Key.ENTER);
      await window.says("Nothing was changed");
      await type(window, "Passphrase", PASSPHRASE);
      await window.press(Key.ENTER);
      await window.find("main");
      await window.go(`/draft/${draft}`);
      await window.says(WISH);
      await window.says("the usual breakfast items");
      await window.says(`${CUSTOMER} (Cedar Falls, IA, C10001)`);
      await lineSays(window, "10412", /\b130 held\b/);
      await window.says(/submitted/i, { css: "main" });
    });

    await step("the approval waits, with all of what it would do", async () => {
      await walk(window, "a");
      await window.says(new RegExp(`${CUSTOMER}\\s+17,021\\.52`), { css: "[role=listbox]" });
      const text = await window.says("5 effects, in this order", { css: "main" });
      assert.match(text, /NetSuite/);
      assert.match(text, /Approving it is approving your own work/);
      [quote] = text.match(/Q-2728-[0-9A-Z]{6}-\d{4}/);
    });

    await step("the PDF is drawn and can be read", async () => {
      await window.press(" ");
      const page = await pageShown(window, quote, "Pizza, Cheese", "17,021.52");
      assert.ok(page.ink > page.points / 1_000, `only ${page.ink} of ${page.points} points are dark`);
      await window.press(Key.ESCAPE);
      await until("the PDF is put away", async () => !(await window.browser.executeScript("return !!document.querySelector('main canvas')")));
    });

    await step("one stroke approves and releases exactly what was shown", async () => {
      await window.chord(Key.SHIFT, "a");
      await window.says(`${CUSTOMER}: approved and released; its email waits for approval`);
      await window.says("What goes out", { css: "main" });
      gate = await until("the email in hand", () => inHand(window));
    });

    await step("the email is changed at its gate, and what was shown before is voided", async () => {
      await window.press("e");
      await window.find("form[aria-label='Edit the email']");
      await type(window, "Subject", `Prices for next school year, ${quote}`);
      await window.chord(Key.CONTROL, Key.ENTER);
      await window.says("What was shown before is voided");
      const changed = await until("the changed email", async () => {
        const next = await inHand(window);
        return next !== gate && next;
      });
      await window.says(`Subject\nPrices for next school year, ${quote}`, { css: "main" });
      await window.go(`/approvals/${gate}`);
      await window.says("the email was edited", { css: "main" });
      await window.go(`/approvals/${changed}`);
      await window.says(`Prices for next school year, ${quote}`, { css: "main" });
      await window.says("Approving sends this email once", { css: "footer[aria-label=Decision]" });
    });

    await step("the email is approved by keyboard", async () => {
      await window.press("a");
      await window.says("email approved; it is sent when there is a connection");
    });

    await step("the run of the quote is complete, step by step", async () => {
      await walk(window, "r");
      await window.says(new RegExp(`completed\\s+${quote}\\s+${CUSTOMER}\\s+Send quote`), { css: "main" });
      // The newest is the email's; the one before it is the quote's.
      await window.press(Key.ARROW_DOWN, Key.ENTER);
      await arrival(window, /^\/runs\/(.+)$/);
      const told = await window.says("Run ended\ncompleted", { css: "main" });
      assert.match(told, /Checks\nall hold[^]*Decision\napproved[^]*by Dana Ruiz/);
      const steps = ["Write quote", "Render PDF", "Send email", "NetSuite push", "AR forecast touch"];
      assert.match(told, new RegExp(steps.map((name) => `${name}\\ndone`).join("[^]*")));
    });

    await step("the quote is listed as approved", async () => {
      await walk(window, "q");
      await window.says(new RegExp(`${quote}\\s+${CUSTOMER}\\s+2027-2028\\s+approved\\s+17,021\\.52`), { css: "main" });
    });
  } finally {
    await window.close();
    await screen.close();
    folder.close();
  }
});
