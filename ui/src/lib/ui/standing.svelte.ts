// When a dialog of the browser's own stands over the page: it has the focus, closes on Esc, and gives the focus back.

import type { Attachment } from "svelte/attachments";

/** Keeps a dialog standing for as long as `open` says so. It must hear itself close: Esc asks nobody. */
export function standWhile(open: () => boolean): Attachment<HTMLDialogElement> {
  return (dialog) => {
    $effect(() => {
      if (open() && !dialog.open) dialog.showModal();
      if (!open() && dialog.open) dialog.close();
    });
  };
}
