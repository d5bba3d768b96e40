// Puts a PDF on paper: its pages as pictures, alone on the sheet, through the system's own print dialog.

import { openPdf } from "./pdf";
import "./print.css";

/** 200 dots an inch on a letter-size page. */
const ACROSS = 1_700;

/** Opens the print dialog on a PDF; rejects when it cannot be opened or drawn. */
export async function printPdf(base64: string): Promise<void> {
  const pdf = await openPdf(base64);
  const sheets = document.createElement("div");
  sheets.className = "sheets";
  sheets.setAttribute("aria-hidden", "true");
  try {
    for (let number = 1; number <= pdf.pages; number += 1) sheets.append(await pdf.picture(number, ACROSS));
    document.body.append(sheets);
    lie(sheets.querySelector("canvas"));
    // Some engines return from print() before the sheets are read.
    const printed = new Promise<void>((resolve) => addEventListener("afterprint", () => resolve(), { once: true }));
    window.print();
    await Promise.race([printed, new Promise((resolve) => setTimeout(resolve, 60_000))]);
  } finally {
    sheets.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== paper);
    pdf.close();
  }
}

const paper = new CSSStyleSheet();

/** The paper lies as the first page does. A printer's own setting may still turn it. */
function lie(first: HTMLCanvasElement | null): void {
  const wide = first !== null && first.width > first.height;
  paper.replaceSync(`@page { size: ${wide ? "landscape" : "portrait"} }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
}
