/**
 * What a person does in the window, by the words that stand there.
 *
 * Owns finding a button, a field or a row by its words, setting a desk up, and the few gestures of the main job.
 * Must not ask the shell: what is read is read off the screen.
 */

import { By, Key } from "./window.mjs";
import { until } from "./processes.mjs";

/** The line at the foot that says how sync stands. */
export const STATUS = 'footer > a[href="#/sync"]';

/** The shown elements of a tag whose words begin so, or fit so, inside a part of the screen. */
async function shown(window, tag, words, part) {
  const found = await window.browser.executeScript(
    `const [tag, words, pattern, part] = arguments;
     const plain = (text) => text.replace(/\\s+/g, " ").trim();
     const fits = (text) => (pattern === null ? text.startsWith(words) : new RegExp(pattern).test(text));
     return [...document.querySelectorAll(part + " " + tag)].filter((element) =>
       (fits(plain(element.innerText)) || element.getAttribute("aria-label") === words) &&
       element.checkVisibility() && !element.disabled);`,
    tag,
    String(words),
    words instanceof RegExp ? words.source : null,
    part,
  );
  return found;
}

/** Press a button, or the label of a choice, by the words it begins with or fits. */
export async function press(window, words, { within = 15_000, part = "body", tag = "button" } = {}) {
  try {
    await until(`a ${tag} “${words}”`, async () => {
      const [button] = await shown(window, tag, words, part);
      if (!button) return false;
      await button.click();
      return true;
    }, { within });
  } catch (error) {
    throw new Error(`${error.message}\nIt says:\n${await window.text()}`, { cause: error });
  }
}

/** Type into the field with this name, over what is there. */
export async function type(window, label, text) {
  const id = await until(`a field “${label}”`, () =>
    window.browser.executeScript(
      `return [...document.querySelectorAll("label")].find((label) => label.innerText.trim() === arguments[0])?.htmlFor;`,
      label,
    ),
  );
  await window.fill(`[id="${id}"]`, text);
}

/** Where the window is. */
export function address(window) {
  return window.browser.executeScript("return location.hash.slice(1)");
}

/** Set up a desk of this person, up to where it is connected; `connect` is what is done there. */
export async function setUp(window, person, passphrase) {
  await press(window, "Start and connect to a central", { within: 45_000 });
  await type(window, "Your name", person);
  await press(window, "Continue");
  await window.says("Where is the key kept?");
  await press(window, "With a passphrase", { tag: "label" });
  await type(window, "Passphrase", passphrase);
  await type(window, "The same again", passphrase);
  await press(window, "Set up this desk");
  await window.says("Keep this recovery key", { within: 30_000 });
  const box = await window.find("input[type=checkbox]");
  await box.click();
  await press(window, "Continue");
  await window.says("Connect to the central");
}

/** Sign in at the central, from the way in or from the settings. */
export async function connect(window, office, person) {
  await type(window, "Address of the central", office.url);
  await type(window, "One-time code", await office.code(person));
  await press(window, "Connect");
}

/** A desk of this person, connected and current. */
export async function arrive(window, office, person, passphrase = "a long passphrase") {
  await setUp(window, person, passphrase);
  await connect(window, office, person);
  await window.says("Everything is here", { within: 60_000 });
  await press(window, "Open FieldQuote");
  await window.says(CURRENT, { css: STATUS });
}

/** What the status line says once device and central hold the same. */
export const CURRENT = /^\s*up to date\s*·\s*verified current as of today \d\d:\d\d\s*$/;

/** What it says once both hold the same but for one thing that waits for a person. */
export const NEEDS_ONE = /^\s*connected\s*·\s*1 needs you\s*·\s*verified current as of today/;

/** Say something in the chat that is on the screen. */
export async function say(window, message) {
  const field = await window.find("textarea[aria-label=Message]");
  await field.click();
  await field.sendKeys(message, Key.ENTER);
}

/** Begin a draft by saying what is wanted; its id. */
export async function beginDraft(window, message) {
  await window.go("/draft");
  await window.find("section[aria-label='Begin a draft']");
  await say(window, message);
  return until("the draft's page", async () => /^\/draft\/(.+)$/.exec(await address(window))?.[1]);
}

/** Submit the draft on the screen; the id of the action that waits. */
export async function submit(window) {
  await press(window, "Submit", { part: "main" });
  return until("its approval", async () => /^\/approvals\/(.+)$/.exec(await address(window))?.[1]);
}

/** Note every different thing a part of the screen says from now on; `await seen()` is what it said. */
export async function watch(window, css) {
  await window.browser.executeScript(
    `const css = arguments[0];
     const said = (window.__said = []);
     const look = () => {
       const text = document.querySelector(css)?.innerText;
       if (text !== undefined && text !== said.at(-1)) said.push(text);
     };
     new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });`,
    css,
  );
  return () => window.browser.executeScript("return window.__said");
}
