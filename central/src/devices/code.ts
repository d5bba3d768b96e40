/**
 * Enrolment codes as they are said aloud, e.g. `4H7K-9QXM-2B`: ten characters of an alphabet without look-alikes,
 * typed in any case, with or without dashes. Owns their form.
 */

import { sha256 } from "../hex.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function drawCode(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(10));
  const letters = Array.from(drawn, (byte) => ALPHABET[byte % 32]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

/** What is kept of a code. */
export function codeHash(typed: string): Promise<string> {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return sha256(plain);
}
