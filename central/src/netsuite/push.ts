/**
 * One attempt to make a quote an estimate in NetSuite: put, read back, compare. Owns that an attempt nobody knows the
 * end of is first looked at before it is made again.
 */

import { Refused, TryAgain } from "../deliveries/outcome.ts";
import type { Service } from "../deliveries/request.ts";
import type { Env } from "../env.ts";
import { netsuiteIds, type PushRow, pushedStatement } from "../tables/ns_pushes.ts";
import { accountOf } from "./account.ts";
import { getEstimate, putEstimate } from "./client.ts";
import { bodyOf, difference, type Quote, type Shown, wantedOf } from "./estimate.ts";

export async function push(env: Env, row: PushRow, until: AbortSignal): Promise<D1PreparedStatement[]> {
  if (row.record !== "estimate") throw new Refused(`nothing is known of the record ${row.record}`);
  const { quote } = JSON.parse(row.body) as { quote: Quote };
  const wanted = wantedOf(quote, await netsuiteIds(env.DB, quote));
  const account = accountOf(env);
  const service: Service = { name: "NetSuite", until, waitSeconds: account.waitSeconds };
  const done = (shown: Shown) => [
    pushedStatement(env.DB, row, { netsuiteId: String(shown.id), total: wanted.total }, new Date().toISOString()),
  ];

  if (row.unfinished || row.attempts > 0) {
    const there = await getEstimate(service, account, row.external_id);
    if (there !== null && difference(there, wanted) === null) return done(there);
  }
  await putEstimate(service, account, row.external_id, bodyOf(wanted));
  const shown = await getEstimate(service, account, row.external_id);
  if (shown === null) throw new TryAgain("NetSuite took the estimate and does not show it");
  const differs = difference(shown, wanted);
  if (differs !== null) throw new Refused(`the estimate it made is not the quote, ${differs}`);
  return done(shown);
}
