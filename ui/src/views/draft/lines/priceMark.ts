// The short word beside a price that says it is not simply the list price.

import type { LineShown } from "../../../lib/gen/api";

/** `held`, `+3%`, `typed`; empty for the list price. */
export function priceMark(line: Pick<LineShown, "price_source" | "price_rule">): string {
  switch (line.price_source) {
    case "last_year":
      return "held";
    case "moved":
      return /[+\-−]?\d[\d.]*%/.exec(line.price_rule)?.[0] ?? "moved";
    case "given":
      return "typed";
    default:
      return "";
  }
}
