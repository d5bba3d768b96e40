/**
 * What happens every minute. Owns which works there are and that one that fails does not keep the others back.
 */

import type { Env } from "../env.ts";
import { emails } from "../mail/consumer.ts";
import { pushes } from "../netsuite/consumer.ts";
import { expireGates } from "./gates.ts";
import { requeue } from "./requeue.ts";
import { verifyRuns } from "./verify.ts";

export async function everyMinute(at: Date, env: Env, _ctx: ExecutionContext): Promise<void> {
  const works: [string, () => Promise<number>][] = [
    ["requeue.ns_pushes", () => requeue(env, pushes, at)],
    ["requeue.emails", () => requeue(env, emails, at)],
    ["expire_gates", () => expireGates(env.DB, at)],
    ["verify", () => verifyRuns(env, at)],
  ];
  for (const [work, run] of works) {
    try {
      const count = await run();
      if (count > 0) console.log(JSON.stringify({ at: "cron", work, count }));
    } catch (error) {
      console.error(JSON.stringify({ at: "cron", work, message: String(error) }));
    }
  }
}
