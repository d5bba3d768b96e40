/** One quote is one estimate in NetSuite, with its lines and its total, whatever goes wrong on the way. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { scaled } from "../src/netsuite/exact.ts";
import { type Central, startCentral } from "./support/central.ts";
import { LINES, alertsOf, rowOf, tell, until, waitingPush } from "./support/outgoing.ts";
import { type Fault, type StandIns, startStandIns } from "./support/standins.ts";

let standins: StandIns;
let central: Central;
before(async () => {
  standins = await startStandIns();
  central = await startCentral({ vars: standins.vars, batchTimeout: 0 });
});
after(async () => {
  await central.stop();
  standins.stop();
});

const QUEUE = "NS_PUSH_QUEUE";

async function pushed(quote: string, seconds?: number): Promise<any> {
  const opId = await waitingPush(central, quote);
  await tell(central, QUEUE, opId);
  return until(central, QUEUE, opId, "pushed", seconds);
}

/** Exactly one estimate, and it is the quote. */
async function isTheQuote(quote: string): Promise<void> {
  const estimates = await standins.netsuite.estimate(quote);
  assert.equal(estimates.length, 1);
  const [estimate] = estimates;
  assert.equal(estimate?.entity, "20418");
  assert.equal(estimate?.total, "3237.36");
  assert.deepEqual(
    estimate?.lines.map(({ item, quantity, rate }) => ({ item, quantity, rate })),
    [
      { item: "51203", quantity: "120", rate: "26.32" },
      { item: "51285", quantity: "3", rate: "26.3215" },
    ],
  );
}

test("a quote becomes an estimate with its dates, lines and total", async () => {
  const row = await pushed("Q-PLAIN");
  await isTheQuote("Q-PLAIN");
  const [estimate] = await standins.netsuite.estimate("Q-PLAIN");
  assert.deepEqual(estimate?.fields, {
    dueDate: "2027-01-07", memo: "Q-PLAIN", title: "Quote Q-PLAIN, school year 2027-2028", tranDate: "2026-11-23",
  });
  assert.equal(row.netsuite_id, String(estimate?.id));
  assert.deepEqual([row.attempts, row.total, row.lease_until, row.last_error], [1, "3237.3600", null, null]);
});

const TROUBLES: [string, Fault[], number][] = [
  ["too many requests, twice", [{ fault: "too_many_requests", times: 2, method: "PUT" }], 3],
  ["trouble at NetSuite", [{ fault: "internal_error", method: "PUT" }], 2],
  ["no answer", [{ fault: "hang", method: "PUT" }], 2],
  ["no answer although it was done", [{ fault: "hang", method: "PUT", after_commit: true }], 2],
  ["a connection that breaks after it was done", [{ fault: "drop", method: "PUT", after_commit: true }], 2],
  ["trouble told after it was done", [{ fault: "internal_error", method: "PUT", after_commit: true }], 2],
  ["a connection that breaks when it is read back", [{ fault: "drop", method: "GET" }], 2],
];
for (const [trouble, faults, attempts] of TROUBLES) {
  test(`one estimate despite ${trouble}`, async () => {
    await standins.netsuite.faults(...faults);
    const quote = `Q-${TROUBLES.findIndex(([name]) => name === trouble)}`;
    const row = await pushed(quote);
    await isTheQuote(quote);
    assert.equal(row.attempts, attempts);
    assert.deepEqual(await alertsOf(central, row.op_id), []);
  });
}

test("what was done already is found by looking, and not done again", async () => {
  await standins.netsuite.faults({ fault: "drop", method: "PUT", after_commit: true });
  await pushed("Q-LOOKED");
  const [estimate] = await standins.netsuite.estimate("Q-LOOKED");
  assert.equal(estimate?.writes, 1);
});

test("an estimate that is there with other lines gets the quote's in their place", async () => {
  await standins.netsuite.faults();
  const opId = await waitingPush(central, "Q-OVER", { lines: LINES.slice(0, 1), total: "3158.4000" });
  await tell(central, QUEUE, opId);
  await until(central, QUEUE, opId, "pushed");
  await central.db.prepare("DELETE FROM ns_pushes WHERE op_id = ?1").bind(opId).run();
  await pushed("Q-OVER");
  await isTheQuote("Q-OVER");
});

test("a token that has ended is replaced within the attempt", async () => {
  const before = await standins.netsuite.seen();
  await standins.netsuite.control({ clear: true, expire_tokens: true });
  const row = await pushed("Q-TOKEN");
  await isTheQuote("Q-TOKEN");
  assert.equal(row.attempts, 1);
  assert.equal((await standins.netsuite.seen()).tokens, before.tokens + 1);
});

test("one token serves many pushes", async () => {
  await pushed("Q-MANY-0");
  const before = (await standins.netsuite.seen()).requests.token;
  for (const quote of ["Q-MANY-1", "Q-MANY-2"]) await pushed(quote);
  assert.equal((await standins.netsuite.seen()).requests.token, before);
});

test("the wait NetSuite asks for is kept", async () => {
  await standins.netsuite.faults({ fault: "too_many_requests", method: "PUT", retry_after: "4" });
  const begun = Date.now();
  await pushed("Q-WAIT");
  assert.ok(Date.now() - begun >= 4000);
});

test("an account that serves no more requests at the same time is tried again", async () => {
  await standins.netsuite.control({ clear: true, concurrency: 0 });
  const opId = await waitingPush(central, "Q-BUSY");
  await tell(central, QUEUE, opId);
  const end = Date.now() + 10_000;
  while ((await rowOf(central, QUEUE, opId)).attempts === 0 && Date.now() < end) await new Promise((done) => setTimeout(done, 20));
  await standins.netsuite.control({ concurrency: 5 });
  const row = await until(central, QUEUE, opId, "pushed");
  await isTheQuote("Q-BUSY");
  assert.ok(row.attempts > 1);
  assert.ok((await standins.netsuite.seen()).refusals.includes("PUT 429 CONCURRENCY_LIMIT_EXCEEDED"));
});

test("the same message many times at once is one push", async () => {
  await standins.netsuite.faults({ fault: "slow", milliseconds: 600, method: "PUT" });
  const before = (await standins.netsuite.seen()).requests.PUT;
  const opId = await waitingPush(central, "Q-TWICE");
  const worker = await central.runtime.getWorker();
  const message = (id: string) => [{ id, timestamp: new Date(), attempts: 1, body: { op_id: opId } }];
  const [, ...others] = await Promise.all(["a", "b", "c"].map((id) => worker.queue("ns-push", message(id))));
  assert.equal(others.length, 2);
  await until(central, QUEUE, opId, "pushed");
  await isTheQuote("Q-TWICE");
  const seen = await standins.netsuite.seen();
  assert.equal(seen.requests.PUT, before + 1);
  assert.equal(seen.most_writes_at_once["Q-TWICE"], 1);
  // And one that comes when all is done does nothing.
  await worker.queue("ns-push", message("d"));
  assert.deepEqual((await standins.netsuite.seen()).requests, seen.requests);
});

test("three failures alert a person once, and a replay makes it good", async () => {
  await standins.netsuite.faults({ fault: "internal_error", times: 3, method: "PUT" });
  const opId = await waitingPush(central, "Q-FAIL");
  await tell(central, QUEUE, opId);
  const row = await until(central, QUEUE, opId, "failed");
  assert.deepEqual([row.attempts, row.last_error], [3, "NetSuite answered 500"]);
  const [alert, ...more] = await alertsOf(central, opId);
  assert.deepEqual(more, []);
  assert.equal(alert.message, "The estimate of quote Q-FAIL did not reach NetSuite after 3 attempts: NetSuite answered 500.");
  assert.deepEqual([alert.quote_id, alert.customer_id, alert.resolved_at], ["Q-FAIL", "C1", null]);
  const fed = await central.db.prepare("SELECT scope FROM changes WHERE tbl = 'alerts' AND key = json_array(?1)").bind(alert.id).first();
  assert.equal(fed?.scope, "c:C1");

  await central.admin("POST", "/v1/admin/replay", { op_id: opId });
  await until(central, QUEUE, opId, "pushed");
  await isTheQuote("Q-FAIL");
  assert.notEqual((await alertsOf(central, opId))[0].resolved_at, null);
});

test("what NetSuite will never take fails at once, and says why", async () => {
  await standins.netsuite.control({ clear: true, unknown: ["99999"] });
  const before = (await standins.netsuite.seen()).requests.PUT;
  const opId = await waitingPush(central, "Q-UNKNOWN", { netsuite_id: "99999" });
  await tell(central, QUEUE, opId);
  const row = await until(central, QUEUE, opId, "failed");
  assert.match(row.last_error, /^it answered 400, INVALID_KEY_OR_REF: Invalid Field Value 99999/);
  assert.equal((await standins.netsuite.seen()).requests.PUT, before + 1);
  assert.equal((await alertsOf(central, opId)).length, 1);
});

test("a customer or an item without an id of NetSuite's is said by name, and mended in the reference data", async () => {
  await standins.netsuite.faults();
  const without = LINES.map((line) => ({ ...line, netsuite_id: null }));
  const opId = await waitingPush(central, "Q-NO-ITEM", { lines: without });
  await tell(central, QUEUE, opId);
  const row = await until(central, QUEUE, opId, "failed");
  assert.equal(row.last_error, "no netsuite_id for the item 10412, 20825");

  const items = LINES.map(({ item, netsuite_id }) => ({ table: "spec_items", row: { item_code: item, description: item, netsuite_id } }));
  await central.reference(items);
  await central.admin("POST", "/v1/admin/replay", { op_id: opId });
  await until(central, QUEUE, opId, "pushed");
  await isTheQuote("Q-NO-ITEM");

  const nobody = await waitingPush(central, "Q-NO-CUSTOMER", { netsuite_id: null });
  await tell(central, QUEUE, nobody);
  assert.equal((await until(central, QUEUE, nobody, "failed")).last_error, "customer C1 (Cedar Falls) has no netsuite_id");
});

test("an estimate whose total is not the quote's is never passed over", async () => {
  const opId = await waitingPush(central, "Q-TOTAL", { total: "3237.3700" });
  await tell(central, QUEUE, opId);
  const row = await until(central, QUEUE, opId, "failed");
  assert.equal(row.last_error, "the estimate it made is not the quote, its total is 3237.36, the quote's 3237.3700");
});

test("a consumer that breaks off again and again ends as an alert, and counts no attempts on the way", async () => {
  const opId = await waitingPush(central, "Q-BROKEN", { body: { external_id: "Q-BROKEN" } });
  await tell(central, QUEUE, opId);
  await until(central, QUEUE, opId, "pushing");
  assert.equal((await rowOf(central, QUEUE, opId)).attempts, 0);
  await until(central, QUEUE, opId, "failed", 60);
  const [alert, ...more] = await alertsOf(central, opId);
  assert.deepEqual(more, []);
  assert.match(alert.message, /came to no end/);
});

test("an RSA key signs as well as an EC key, and a key NetSuite does not know gets no token", async () => {
  const rsa = await startStandIns("--key-kind", "ps256");
  const other = await startCentral({ vars: rsa.vars, batchTimeout: 0 });
  const stranger = await startCentral({ vars: { ...rsa.vars, NETSUITE_PRIVATE_KEY: standins.vars.NETSUITE_PRIVATE_KEY ?? "" } });
  try {
    const opId = await waitingPush(other, "Q-RSA");
    await tell(other, QUEUE, opId);
    await until(other, QUEUE, opId, "pushed");
    const refused = await waitingPush(stranger, "Q-STRANGER");
    await tell(stranger, QUEUE, refused);
    assert.equal((await until(stranger, QUEUE, refused, "failed")).last_error, "NetSuite gave no token: 400 invalid_grant");
  } finally {
    await other.stop();
    await stranger.stop();
    rsa.stop();
  }
});

test("no log line carries a price, a token or a key", () => {
  const log = central.log.join("\n");
  assert.match(log, /deliveries\.done/);
  assert.doesNotMatch(log, /26\.32|3237|PRIVATE KEY|Bearer|eyJ/);
});

test("decimals are compared digit by digit", () => {
  assert.equal(scaled("26.32", 4), 263200n);
  assert.equal(scaled("26.3200", 2), 2632n);
  assert.equal(scaled("0.1", 2), 10n);
  assert.equal(scaled("1e3", 2), 100000n);
  assert.equal(scaled("26.3215", 2), null);
  assert.equal(scaled("-0.05", 2), -5n);
  assert.equal(scaled(26.32, 2), null);
  assert.equal(scaled("", 2), null);
});
