/** An address from outside, `fieldquote://action/ID`, opens the window at what it names. */

import { test } from "node:test";

import { openDevice } from "../lib/device.mjs";
import { emptyFolder } from "../lib/home.mjs";
import { openScreen } from "../lib/screen.mjs";
import { openWindow } from "../lib/window.mjs";

const SAID = "quote C10001 for 2026-2027: 120 cases of 10412 and 40 cases of 20817 at 34.50, with pdf";

test("the window opens at the action that its address names", async () => {
  const folder = emptyFolder();
  const screen = await openScreen();
  let window;
  try {
    const device = await openDevice(`${folder.path}/mike`, "Mike", { sample: true });
    const other = await device.chat(SAID);
    await device.run("draft", "submit", other.draft_id);
    const draft = await device.chat(SAID.replace("C10001", "C10002"));
    const { action_id, quote_id } = await device.run("draft", "submit", draft.draft_id);

    window = await openWindow(screen, { home: device.home, passphrase: device.passphrase, args: [`fieldquote://action/${action_id}`] });
    await window.find(`[data-action="${action_id}"][aria-selected=true]`);
    await window.says(quote_id, { css: "main" });
    await window.find("footer[aria-label=Decision]");
  } finally {
    await window?.close();
    await screen.close();
    folder.close();
  }
});
