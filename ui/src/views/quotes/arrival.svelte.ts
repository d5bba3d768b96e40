// The focus of a page whose content comes after it: given back once the content is there, unless it has gone
// somewhere else meanwhile.

import { tick } from "svelte";
import { returnFocus } from "../../lib/router.svelte";

/** Called while the component is made; `ready` says when its content is there. */
export function focusOnArrival(ready: () => boolean): void {
  let arrived = false;
  $effect(() => {
    if (arrived || !ready()) return;
    arrived = true;
    void tick().then(() => {
      const at = document.activeElement;
      if (at === null || at === document.body || at.hasAttribute("data-autofocus")) returnFocus();
    });
  });
}
