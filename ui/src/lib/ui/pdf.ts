// Opens and draws a PDF with pdf.js, whose worker is one of our own files. Loaded when the first PDF is shown.

import type { PDFDocumentProxy, RenderTask } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";

type Place = { canvas: HTMLCanvasElement; text: HTMLDivElement; width: number; percent: number };

export type OpenPdf = {
  pages: number;
  /** Draws a page as wide as `width` allows at 100 per cent; the returned function stops. */
  draw(number: number, place: Place): () => void;
  /** A page as a picture of so many pixels across, for the printer. */
  picture(number: number, across: number): Promise<HTMLCanvasElement>;
  close(): void;
};

/** Space left at the sides of a page, and the widest a page is at 100 per cent, in pixels. */
const SIDES = 48;
const WIDEST = 860;

async function load() {
  const pdfjs = await import("pdfjs-dist");
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
  return pdfjs;
}

/** Opens a PDF; rejects when it is none. */
export async function openPdf(base64: string): Promise<OpenPdf> {
  const pdfjs = await load();
  const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const task = pdfjs.getDocument({ data, isEvalSupported: false, useWorkerFetch: false, useWasm: false });
  const pdf = await task.promise;
  return {
    pages: pdf.numPages,
    draw: (number, place) => draw(pdfjs, pdf, number, place),
    picture: (number, across) => picture(pdf, number, across),
    close: () => void task.destroy(),
  };
}

async function picture(pdf: PDFDocumentProxy, number: number, across: number): Promise<HTMLCanvasElement> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: across / page.getViewport({ scale: 1 }).width });
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, intent: "print" }).promise;
  return canvas;
}

function draw(pdfjs: Awaited<ReturnType<typeof load>>, pdf: PDFDocumentProxy, number: number, place: Place): () => void {
  let stopped = false;
  let painting: RenderTask | undefined;
  let lettering: { cancel(): void } | undefined;

  async function paint(): Promise<void> {
    const page = await pdf.getPage(number);
    if (stopped) return;
    const natural = page.getViewport({ scale: 1 });
    const scale = (Math.min(WIDEST, place.width - SIDES) / natural.width) * (place.percent / 100);
    const viewport = page.getViewport({ scale });
    const sharp = window.devicePixelRatio;
    const { canvas, text } = place;
    canvas.width = Math.floor(viewport.width * sharp);
    canvas.height = Math.floor(viewport.height * sharp);
    canvas.style.width = `${viewport.width}px`;
    canvas.style.height = `${viewport.height}px`;
    painting = page.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
    await painting.promise;
    if (stopped) return;
    text.replaceChildren();
    text.style.setProperty("--total-scale-factor", String(scale));
    text.style.setProperty("--scale-round-x", "1px");
    text.style.setProperty("--scale-round-y", "1px");
    const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
    lettering = layer;
    await layer.render();
  }

  paint().catch((thrown: unknown) => {
    // A drawing that was stopped on purpose says so by failing.
    if (!stopped) console.error("a page could not be drawn", thrown);
  });
  return () => {
    stopped = true;
    painting?.cancel();
    lettering?.cancel();
  };
}
