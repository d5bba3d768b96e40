/** What leaves the window as a file, through the system's own dialogs: a PDF, every table, a backup. */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { PASSPHRASE, sampleDesk } from "../lib/desk.mjs";
import { openDialog } from "../lib/dialogs.mjs";
import { press, type } from "../lib/gestures.mjs";
import { emptyFolder } from "../lib/home.mjs";
import { openScreen } from "../lib/screen.mjs";
import { story } from "../lib/story.mjs";
import { openWindow } from "../lib/window.mjs";

test("a PDF, the tables and a backup", { timeout: 120_000 }, async (t) => {
  const folder = emptyFolder();
  const [home, out] = [join(folder.path, "desk"), join(folder.path, "out")];
  mkdirSync(join(out, "tables"), { recursive: true });
  const desk = await sampleDesk(home);
  const made = await desk.submitted("quote C10001 for 2026-2027: 120 cases of 10412, with pdf");
  await desk.released(made.action_id);

  const screen = await openScreen();
  const window = await openWindow(screen, { home, passphrase: PASSPHRASE });
  const step = story(t, () => window);
  try {
    await step("a quote's PDF is saved where one says", async () => {
      await window.size(1280, 800);
      await window.go(`/quotes/${made.quote_id}`);
      await window.says("Cedar Falls Community School District", { css: "main" });
      await press(window, "Save the PDF", { part: "main" });
      const dialog = await openDialog(screen, "Save the PDF");
      await dialog.type(join(out, "quote.pdf"));
      await dialog.press("Return");
      await window.says(/Saved as .*quote\.pdf/);
      assert.equal(readFileSync(join(out, "quote.pdf")).subarray(0, 5).toString(), "%PDF-");
    });

    await step("who changes their mind saves nothing", async () => {
      await press(window, "Save the PDF", { part: "main" });
      const dialog = await openDialog(screen, "Save the PDF");
      await dialog.press("Escape");
      await dialog.closed();
      assert.deepEqual(readdirSync(out), ["quote.pdf", "tables"]);
    });

    await step("every table is written into a folder", async () => {
      await window.go("/settings?section=data");
      await press(window, "Choose a folder", { part: "main" });
      const dialog = await openDialog(screen, "Where to write the tables");
      await dialog.type(join(out, "tables"));
      await dialog.press("Return");
      await window.says("Written: 5 files", { css: "main" });
      for (const file of readdirSync(join(out, "tables"))) assert.ok(statSync(join(out, "tables", file)).size > 100, file);
    });

    await step("a backup is one file", async () => {
      await type(window, "Passphrase", "another long passphrase");
      await type(window, "The same again", "another long passphrase");
      await press(window, "Write a backup", { part: "main" });
      const dialog = await openDialog(screen, "Where to write the backup");
      await dialog.type(join(out, "desk.backup"));
      await dialog.press("Return");
      await window.says(/Written: .*desk\.backup/, { css: "main", within: 60_000 });
      assert.ok(statSync(join(out, "desk.backup")).size > 10_000);
    });
  } finally {
    await window.close();
    await screen.close();
    folder.close();
  }
});
