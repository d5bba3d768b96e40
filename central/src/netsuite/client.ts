/**
 * NetSuite's record service: put an estimate, read it back. Owns addresses, headers, the token's renewal and what
 * NetSuite's refusals mean. Must not know what a quote is.
 */

import { Refused, TryAgain } from "../deliveries/outcome.ts";
import { type Answer, ask, busy, jsonOf, type Service, short } from "../deliveries/request.ts";
import type { Account } from "./account.ts";
import type { Shown } from "./estimate.ts";
import { parseExact } from "./exact.ts";
import { bearer, forget } from "./token.ts";

/** Said with 429 mostly, and by some with 400. */
const BUSY = new Set(["CONCURRENCY_LIMIT_EXCEEDED", "SSS_REQUEST_LIMIT_EXCEEDED", "WS_REQUEST_BLOCKED"]);

/** Make the estimate, or make it what the body says. Its lines are those of the body and no others. */
export async function putEstimate(service: Service, account: Account, externalId: string, body: string): Promise<void> {
  const answer = await signedIn(service, account, `${estimateUrl(account, externalId)}?replace=item`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-NetSuite-PropertyNameValidation": "Error" },
    body,
  });
  if (answer.status < 200 || answer.status > 299) throw refusal(service, answer);
}

/** The estimate with its lines, or null when there is none. */
export async function getEstimate(service: Service, account: Account, externalId: string): Promise<Shown | null> {
  const url = `${estimateUrl(account, externalId)}?expandSubResources=true`;
  const answer = await signedIn(service, account, url, { method: "GET", headers: { Accept: "application/json" } });
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw refusal(service, answer);
  const shown = read(answer.text);
  if (shown === null) throw new TryAgain("NetSuite's answer does not read");
  return shown;
}

function estimateUrl(account: Account, externalId: string): string {
  return `${account.base}/services/rest/record/v1/estimate/eid:${encodeURIComponent(externalId)}`;
}

/** A request with a token; a token NetSuite does not take is replaced by a new one, once. */
async function signedIn(
  service: Service,
  account: Account,
  url: string,
  init: RequestInit & { headers: Record<string, string> },
): Promise<Answer> {
  for (let renewed = false; ; renewed = true) {
    const token = await bearer(service, account);
    const answer = await ask(service, url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
    if (answer.status !== 401) return answer;
    forget(token);
    if (renewed) throw new TryAgain("NetSuite does not take the token it has just given");
  }
}

function refusal(service: Service, answer: Answer): Error {
  const told = jsonOf(answer) as { "o:errorDetails"?: Record<string, unknown>[]; title?: unknown } | null;
  const details = told?.["o:errorDetails"] ?? [];
  if (details.some((one) => BUSY.has(String(one["o:errorCode"])))) return busy(service, answer);
  const said = details.map((one) => [one["o:errorCode"], one["detail"]].filter(Boolean).join(": "));
  return new Refused(`it answered ${answer.status}, ${short(said.join("; ") || String(told?.title ?? "without a reason"))}`.replace(/\.$/, ""));
}

function read(text: string): Shown | null {
  try {
    const shown = parseExact(text);
    return typeof shown === "object" && shown !== null && "id" in shown ? (shown as Shown) : null;
  } catch {
    return null;
  }
}
