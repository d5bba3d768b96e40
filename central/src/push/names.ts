/**
 * Names of operations that follow from what they are about.
 *
 * Owns them as a device forms them. Must not be used to find an operation a device named otherwise.
 */

import { sha256 } from "../hex.ts";

/** What a device calls the operation that stages an action or lets it expire. */
export function opOf(actionId: string, what: "staged" | "expired"): Promise<string> {
  return fitting(`${actionId}.${what}`);
}

/** A name too long for an id becomes its hash: still the same name for the same thing. */
async function fitting(name: string): Promise<string> {
  return name.length <= 64 ? name : sha256(name);
}
