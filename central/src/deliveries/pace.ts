/**
 * How often and how fast something is tried. Owns the rule of the contract, `retry: 3, exponential, 1500, 30000,
 * jitter`: three attempts in all, and before the next one a random wait (full jitter) that may grow.
 */

export const ATTEMPTS = 3;

const BASE_MS = 1500;
const CAP_MS = 30_000;
/** A queue keeps a message back for at most this long. */
const LONGEST_MS = 12 * 3_600_000;

/**
 * Milliseconds to wait after `attempts` that failed, given a random number of [0, 1): what the service asked for,
 * or more.
 */
export function waitMs(attempts: number, random: number, retryAfterMs: number): number {
  const jitter = random * Math.min(CAP_MS, BASE_MS * 2 ** (attempts - 1));
  return Math.min(LONGEST_MS, Math.max(retryAfterMs, jitter));
}

/** `Retry-After` in milliseconds: seconds or an HTTP date; 0 when there is none or it does not read. */
export function retryAfterMs(header: string | null, now: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
