/**
 * Every view of the window, and how one comes to see it on a busy desk.
 *
 * Owns the list, what says that a view is there, and waiting until it stands still. Must not judge what it sees.
 */

import { press } from "./gestures.mjs";
import { leaveField } from "./places.mjs";
import { until } from "./processes.mjs";
import { Key, root } from "./window.mjs";

/** The views of an open desk: where each is, what it says when it is there, and what is pressed to come to it. */
export function viewsOf(desk) {
  return [
    { name: "draft-empty", at: "/draft", says: "New draft" },
    { name: "draft-question", at: `/draft/${desk.asking}`, says: "Which “Cedar Falls” is it?" },
    { name: "draft-lines", at: `/draft/${desk.open}`, says: "Net total" },
    {
      name: "draft-history",
      at: `/draft/${desk.talked}`,
      says: "Net total",
      then: async (window) => {
        await leaveField(window);
        await window.press("h");
        await window.says("History of this draft", { css: "dialog[open]" });
        await window.find("dialog[open] ol button");
        await window.press(Key.ARROW_DOWN, Key.ARROW_DOWN, Key.ARROW_DOWN);
        await window.press(Key.ENTER);
        await window.find("dialog[open] section[aria-label=Compare] :is(ul, p)");
      },
      after: (window) => window.press(Key.ESCAPE),
    },
    { name: "draft-sent-back", at: `/draft/${desk.rejected.draft_id}`, says: "sent it back" },
    { name: "approvals", at: "/approvals", says: "What worries" },
    { name: "approvals-flags", at: `/approvals/${desk.flagged.action_id}`, says: "What worries" },
    { name: "approvals-release", at: `/approvals/${desk.gate}`, says: "What will happen", then: (window) => window.press("o") },
    {
      name: "approvals-pdf",
      at: `/approvals/${desk.free.action_id}`,
      says: "What worries",
      then: async (window) => {
        await window.press(" ");
        await drawn(window);
      },
      after: (window) => window.press(Key.ESCAPE),
    },
    {
      name: "approvals-reject",
      at: `/approvals/${desk.flagged.action_id}`,
      says: "What worries",
      then: async (window) => {
        await window.press("r");
        await window.says("Reason", { css: "dialog[open]" });
      },
      after: (window) => window.press(Key.ESCAPE),
    },
    { name: "approvals-decided", at: `/approvals/${desk.rejected.action_id}`, says: "rejected" },
    { name: "email-gate", at: `/approvals/${desk.breakfast.email}`, says: "What goes out" },
    {
      name: "email-gate-edit",
      at: `/approvals/${desk.breakfast.email}`,
      says: "What goes out",
      then: async (window) => {
        await window.press("e");
        await window.find("form[aria-label='Edit the email']");
      },
      after: (window) => window.press(Key.ESCAPE),
    },
    { name: "quotes", at: "/quotes", says: "accepted" },
    { name: "quote", at: `/quotes/${desk.breakfast.quote_id}`, says: "Total invoiced" },
    { name: "quote-declined", at: `/quotes/${desk.declined.quote_id}`, says: "declined" },
    { name: "quotes-compare", at: `/quotes/compare/${desk.older}/${desk.breakfast.quote_id}`, says: desk.older },
    { name: "customers", at: "/customers", says: "Cedar Falls" },
    { name: "customer", at: "/customers/C10001", says: "Cedar Falls Community School District" },
    { name: "catalog", at: "/catalog", says: "10412" },
    { name: "item", at: "/catalog/10412", says: "Pizza, Cheese" },
    { name: "prices", at: "/prices", says: "Prices" },
    { name: "runs", at: "/runs", says: "completed" },
    { name: "run", at: `/runs/${desk.breakfast.run_id}`, says: "Run ended" },
    { name: "sync", at: "/sync", says: "Waiting" },
    { name: "settings-company", at: "/settings?section=company", says: "Company" },
    { name: "settings-central", at: "/settings?section=central", says: "Central" },
    { name: "settings-words", at: "/settings?section=words", says: "Words it learnt" },
    { name: "settings-assistant", at: "/settings?section=assistant", says: "It is never told" },
    { name: "settings-appearance", at: "/settings?section=appearance", says: "Appearance" },
    { name: "settings-data", at: "/settings?section=data", says: "backup" },
    { name: "settings-health", at: "/settings?section=health", says: "Health" },
    { name: "settings-about", at: "/settings?section=about", says: "About" },
    { name: "import", at: "/import", says: "Into which table?" },
    {
      name: "import-preview",
      at: "/import",
      says: "Into which table?",
      then: async (window) => {
        await chooseFile(window, `${root}/tests/fixtures/import/customers.csv`);
        await window.says("The first rows");
      },
      after: async (window) => {
        // What was chosen stays chosen; another page begins anew.
        await window.browser.navigate().refresh();
        await window.find("main");
      },
    },
    {
      name: "palette",
      at: "/customers",
      says: "Cedar Falls",
      then: async (window) => {
        await window.chord(Key.CONTROL, "k");
        await window.find("dialog[open] input");
        await window.press("cedar");
        await window.says("Cedar Falls", { css: "dialog[open]" });
      },
      after: (window) => window.press(Key.ESCAPE),
    },
    {
      name: "keys",
      at: `/approvals/${desk.flagged.action_id}`,
      says: "What worries",
      then: async (window) => {
        await window.press("?");
        await window.says("Approve and release", { css: "dialog[open]" });
      },
      after: (window) => window.press(Key.ESCAPE),
    },
  ];
}

/** The questions of the way in, over an empty folder. */
export const WAY_IN = [
  { name: "welcome", says: "How do you want to begin?" },
  { name: "welcome-who", says: "Who works here?", before: (window) => press(window, "Explore with sample data") },
  { name: "welcome-key", says: "Where is the key kept?", before: (window) => press(window, "Continue") },
];

/** The question of a desk that is locked. */
export const LOCKED = [{ name: "unlock", says: "Unlock this desk" }];

/** Go to a view, and wait until it is there and stands still. */
export async function see(window, view) {
  await view.before?.(window);
  if (view.at !== undefined) await window.go(view.at);
  await window.says(view.says, { css: view.at === undefined ? "body" : "main" });
  await view.then?.(window);
  await still(window);
}

/** Give the field for a file this file. */
export async function chooseFile(window, path) {
  const field = await window.browser.executeScript("return document.querySelector('input[type=file]')");
  await field.sendKeys(path);
}

/** Wait until a page of a PDF is drawn. */
async function drawn(window) {
  await until("a PDF", () =>
    window.browser.executeScript("return (document.querySelector('main [role=document]')?.innerText ?? '') !== ''"), { within: 30_000 });
}

/** Wait until nothing is loading and two looks see the same. */
async function still(window) {
  let last;
  await until("a view that stands still", async () => {
    const now = await window.browser.executeScript(
      `const loading = [...document.querySelectorAll("main [role=status]")].some((one) => one.querySelector(".block, .line"));
       const moving = document.getAnimations().some((one) => one.playState === "running" && one.effect?.getTiming().iterations !== Infinity);
       return loading || moving || document.fonts.status !== "loaded" ? null : document.body.innerText.length + " " + document.querySelectorAll("*").length;`,
    );
    const same = now !== null && now === last;
    last = now;
    return same;
  }, { every: 120 });
}
