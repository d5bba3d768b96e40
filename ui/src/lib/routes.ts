// Which address shows what. Pure: reading and writing addresses, nothing of the browser.

export type ViewName =
  | "draft" | "approvals" | "quotes" | "customers" | "catalog" | "runs" | "sync" | "settings" | "import" | "welcome";

export type RouteName =
  | "drafts" | "draft" | "approvals" | "approval" | "quotes" | "quote" | "compare" | "customers" | "customer"
  | "catalog" | "item" | "prices" | "runs" | "run" | "sync" | "settings" | "import" | "welcome";

export type Route = {
  name: RouteName;
  view: ViewName;
  /** The address without its query. */
  path: string;
  params: Record<string, string>;
  search: Record<string, string>;
};

const ROUTES: readonly (readonly [pattern: string, name: RouteName, view: ViewName])[] = [
  ["/draft", "drafts", "draft"],
  ["/draft/:id", "draft", "draft"],
  ["/approvals", "approvals", "approvals"],
  ["/approvals/:id", "approval", "approvals"],
  ["/quotes", "quotes", "quotes"],
  ["/quotes/compare/:a/:b", "compare", "quotes"],
  ["/quotes/:id", "quote", "quotes"],
  ["/customers", "customers", "customers"],
  ["/customers/:id", "customer", "customers"],
  ["/catalog", "catalog", "catalog"],
  ["/catalog/:code", "item", "catalog"],
  ["/prices", "prices", "catalog"],
  ["/runs", "runs", "runs"],
  ["/runs/:id", "run", "runs"],
  ["/sync", "sync", "sync"],
  ["/settings", "settings", "settings"],
  ["/import", "import", "import"],
  ["/welcome", "welcome", "welcome"],
];

/** Where the window opens. */
export const HOME = "/draft";

/** Reads an address; one that is unknown leads home. */
export function parse(address: string): Route {
  const [rawPath = "", rawSearch = ""] = address.replace(/^#/, "").split("?", 2);
  const search = Object.fromEntries(new URLSearchParams(rawSearch));
  const parts = rawPath.split("/").filter(Boolean);
  for (const [pattern, name, view] of ROUTES) {
    const params = fit(pattern.split("/").filter(Boolean), parts);
    if (params) return { name, view, path: rawPath.replace(/\/$/, ""), params, search };
  }
  return { name: "drafts", view: "draft", path: HOME, params: {}, search: {} };
}

function fit(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index] ?? "";
    if (piece.startsWith(":")) {
      try {
        params[piece.slice(1)] = decodeURIComponent(part);
      } catch {
        return null;
      }
    } else if (piece !== part) return null;
  }
  return params;
}

/** Writes an address: `to("quotes", id)`, `to("quotes", "compare", a, b)`, `to("customers")`. */
export function to(first: string, ...rest: string[]): string {
  return `/${[first, ...rest].map(encodeURIComponent).join("/")}`;
}

/** The list a page belongs to; null for a list. */
export function parent(route: Route): string | null {
  const first = route.path.split("/")[1];
  return first !== undefined && route.path !== `/${first}` ? `/${first}` : null;
}
