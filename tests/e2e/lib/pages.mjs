/**
 * The PDF as it is shown: whether its first page is drawn, and the words laid over it.
 *
 * Owns reading the canvas and the text layer. Must not read the file itself.
 */

import { until } from "./processes.mjs";

/** Wait until a page of the PDF is drawn and says all of this; how many of its points are dark, and its words. */
export function pageShown(window, ...sayings) {
  return until(`a page of the PDF that says ${sayings.join(" and ")}`, async () => {
    const page = await window.browser.executeScript(
      `const canvas = document.querySelector("main canvas, dialog[open] canvas");
       const words = canvas?.parentElement.querySelector("[role=document]")?.innerText ?? "";
       if (!canvas || canvas.width === 0 || words === "") return null;
       const points = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
       let ink = 0;
       for (let at = 0; at < points.length; at += 4) {
         if (points[at + 3] > 0 && points[at] + points[at + 1] + points[at + 2] < 600) ink += 1;
       }
       return ink > 0 ? { ink, words, points: points.length / 4 } : null;`,
    );
    return page && sayings.every((saying) => page.words.includes(saying)) && page;
  }, { within: 30_000 });
}
