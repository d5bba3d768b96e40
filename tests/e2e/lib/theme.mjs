/**
 * Light or dark.
 *
 * Owns dressing the window. Must not leave it half dressed: it waits until the colours are there.
 */

import { until } from "./processes.mjs";
import { Key } from "./window.mjs";

/** Dress the window of an open desk, through its palette. */
export async function dress(window, theme) {
  const name = theme === "dark" ? "Dark theme" : "Light theme";
  if (await isDressed(window, theme)) return;
  await window.chord(Key.CONTROL, "k");
  await window.find("dialog[open] input");
  await window.press(name);
  await window.says(name, { css: "dialog[open] [role=option][aria-selected=true]" });
  await window.press(Key.ENTER);
  await until(`a ${theme} window`, () => isDressed(window, theme));
}

/** Dress a window without an open desk, which follows the system. */
export async function dressAsSystem(window, theme) {
  await window.find("h1");
  await window.browser.executeScript("document.documentElement.dataset.theme = arguments[0]", theme);
}

const isDressed = (window, theme) => window.browser.executeScript("return document.documentElement.dataset.theme === arguments[0]", theme);
