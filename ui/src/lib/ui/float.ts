// Lists that belong to a field but float over the page: in the top layer, so no scrolling pane cuts them off, under
// the field or above it where there is more room. The element is a `popover="manual"`.

import type { Attachment } from "svelte/attachments";

const GAP = 4;

/** Where a list of that height goes: `top` of the window for a field from `top` to `bottom` in a window of `room`. */
export function floatTop(field: { top: number; bottom: number }, height: number, room: number): number {
  const below = field.bottom + GAP;
  if (below + height <= room) return below;
  const above = field.top - GAP - height;
  return above >= 0 ? above : Math.max(0, room - height);
}

/** Keeps the element at the anchor for as long as it is attached. */
export function floatBy(anchor: HTMLElement): Attachment<HTMLElement> {
  return (node) => {
    const place = (): void => {
      const field = anchor.getBoundingClientRect();
      node.style.minWidth = `${field.width}px`;
      node.style.left = `${Math.max(0, Math.min(field.left, innerWidth - node.offsetWidth - GAP))}px`;
      node.style.top = `${floatTop(field, node.offsetHeight, innerHeight)}px`;
    };
    node.showPopover();
    place();
    const sizes = new ResizeObserver(place);
    sizes.observe(node);
    addEventListener("scroll", place, true);
    addEventListener("resize", place);
    return () => {
      sizes.disconnect();
      removeEventListener("scroll", place, true);
      removeEventListener("resize", place);
      node.hidePopover();
    };
  };
}
