/**
 * NetSuite's bearer token: asked for with a signed assertion, kept while it is good. Owns the one copy this isolate
 * keeps. Must not write it anywhere.
 */

import { TryAgain } from "../deliveries/outcome.ts";
import { ask, jsonOf, type Service, short } from "../deliveries/request.ts";
import type { Account } from "./account.ts";
import { assertion } from "./assertion.ts";

/** Of its life, so that a token does not end on the way. */
const USED_SHARE = 0.9;

let kept: { account: string; token: string; until: number } | null = null;

export async function bearer(service: Service, account: Account): Promise<string> {
  const name = `${account.tokenUrl} ${account.clientId} ${account.certificateId}`;
  if (kept !== null && kept.account === name && Date.now() < kept.until) return kept.token;
  const answer = await ask(service, account.tokenUrl, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await assertion(account, Math.floor(Date.now() / 1000)),
    }),
  });
  const told = jsonOf(answer) as { access_token?: unknown; expires_in?: unknown; error?: unknown } | null;
  if (answer.status !== 200 || typeof told?.access_token !== "string") {
    // A certificate can be put right at any moment, so it is not the quote's fault for good.
    throw new TryAgain(`NetSuite gave no token: ${answer.status} ${short(String(told?.error ?? ""))}`.trim());
  }
  const seconds = Number(told.expires_in);
  const life = Number.isFinite(seconds) ? seconds * 1000 * USED_SHARE : 0;
  kept = { account: name, token: told.access_token, until: Date.now() + life };
  return kept.token;
}

/** NetSuite does not take this token any more. */
export function forget(token: string): void {
  if (kept?.token === token) kept = null;
}
