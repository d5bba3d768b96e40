/**
 * A request to a service outside: how long it is waited for, and what no answer means. Owns reading answers that
 * every service gives alike. Must not log a token, a price or a body.
 */

import { TryAgain } from "./outcome.ts";
import { retryAfterMs } from "./pace.ts";

const WAIT_SECONDS = 30;
/** Nothing a service says of itself is longer in an alert. */
const LONGEST_SAYING = 300;

/** Who is asked, how long it is waited for in all, and for one answer. */
export interface Service {
  name: string;
  until: AbortSignal;
  waitSeconds: number;
}

export function waitSeconds(configured: string | undefined): number {
  const seconds = Number(configured);
  return seconds > 0 ? seconds : WAIT_SECONDS;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** Ask, and read the whole answer. No answer, a busy service and one in trouble all mean: try again. */
export async function ask(service: Service, url: string, init: RequestInit): Promise<Answer> {
  const patience = AbortSignal.timeout(service.waitSeconds * 1000);
  let answer: Answer;
  try {
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.any([service.until, patience]),
    });
    answer = { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    if (patience.aborted) throw new TryAgain(`${service.name} gave no answer within ${service.waitSeconds} s`);
    if (service.until.aborted) throw new TryAgain(`${service.name} was too slow`);
    throw new TryAgain(`the connection to ${service.name} broke: ${short(String(error))}`);
  }
  if (answer.status === 408 || answer.status === 429 || answer.status >= 500) throw busy(service, answer);
  return answer;
}

export function busy(service: Service, answer: Answer): TryAgain {
  const after = retryAfterMs(answer.headers.get("Retry-After"), Date.now());
  return new TryAgain(`${service.name} answered ${answer.status}`, after);
}

/** The answer's JSON, or null when it is none. */
export function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    return null;
  }
}

export function short(text: string): string {
  return text.length <= LONGEST_SAYING ? text : `${text.slice(0, LONGEST_SAYING)}…`;
}
