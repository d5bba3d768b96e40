// How the whole desk stands, asked once for the frame and anyone else who needs it.

import { getContext, setContext } from "svelte";
import type { Overview } from "./gen/api";
import { query, type Query } from "./query.svelte";

const KEY = Symbol("overview");

/** Asks for it; called once, by the frame. */
export function provideOverview(): Query<Overview> {
  return setContext(KEY, query(() => ["overview", {}]));
}

/** What the frame asked. */
export function useOverview(): Query<Overview> {
  return getContext<Query<Overview>>(KEY);
}
