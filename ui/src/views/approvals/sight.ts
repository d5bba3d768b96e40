// Bringing something into sight inside its own scroller. `scrollIntoView` moves the whole window as well.

/** Scrolls as little as shows all of `inner`. */
export function showIn(scroller: HTMLElement, inner: Element): void {
  const [frame, box] = [scroller.getBoundingClientRect(), inner.getBoundingClientRect()];
  if (box.top < frame.top) scroller.scrollTop += box.top - frame.top;
  else if (box.bottom > frame.bottom) scroller.scrollTop += box.bottom - frame.bottom;
}

/** Scrolls until `inner` begins at the top. */
export function bringToTop(scroller: HTMLElement, inner: Element): void {
  scroller.scrollTop += inner.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

/** Takes the keyboard when nothing has it: a list that came after its page was opened. */
export function takeFocus(list: HTMLElement): void {
  if (document.activeElement === null || document.activeElement === document.body) list.focus({ preventScroll: true });
}
