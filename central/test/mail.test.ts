/** An approved email reaches its reader once, as it was approved, whatever goes wrong on the way. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, sha256, startCentral } from "./support/central.ts";
import { PDF, alertsOf, tell, until, waitingEmail } from "./support/outgoing.ts";
import { outcomeOp, pushOne, rowsOf, said } from "./support/push.ts";
import { type Fault, type MailSeen, type StandIns, startStandIns } from "./support/standins.ts";

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

const QUEUE = "MAIL_QUEUE";

async function received(opId: string): Promise<MailSeen["messages"]> {
  return (await standins.mail.seen()).messages.filter((one) => one.idempotency_key === opId);
}

const statusOf = async (quote: string) =>
  (await rowsOf(central, "SELECT lifecycle_status FROM quotes WHERE id = ?1", quote))[0].lifecycle_status;
const logged = (quote: string) => rowsOf(central, "SELECT * FROM outbound_email_log WHERE related_quote_id = ?1", quote);

async function sent(quote: string): Promise<any> {
  const opId = await waitingEmail(central, quote);
  await tell(central, QUEUE, opId);
  return until(central, QUEUE, opId, "sent");
}

test("an approved email is sent with the document it was approved with, and the quote is sent", async () => {
  const row = await sent("Q-PLAIN");
  const [message, ...more] = await received(row.op_id);
  assert.deepEqual(more, []);
  const { id, ...content } = message as MailSeen["messages"][number] & { id: string };
  assert.deepEqual(content, {
    from: "Quotes <quotes@fieldquote.example>", to: ["marcy@cedarfalls.example"], reply_to: null,
    subject: "Your price quote Q-PLAIN", text: "Hello Marcy,\n\nHere is our price quote.",
    attachments: [{ filename: "Q-PLAIN.pdf", size: PDF.length, sha256: sha256(PDF) }], idempotency_key: row.op_id,
  });
  assert.equal(await statusOf("Q-PLAIN"), "sent");
  const [log] = await logged("Q-PLAIN");
  assert.deepEqual(log, {
    id: row.op_id, related_quote_id: "Q-PLAIN", action_id: "AQ-PLAIN", recipient: "marcy@cedarfalls.example",
    subject: "Your price quote Q-PLAIN", provider_id: id, sent_at: row.sent_at,
  });
  assert.deepEqual([row.provider_id, row.attempts, row.lease_until], [id, 1, null]);
});

const TROUBLES: [string, Fault[], number][] = [
  ["too many requests, twice", [{ fault: "too_many_requests", times: 2, retry_after: "1" }], 3],
  ["trouble at the provider", [{ fault: "internal_error" }], 2],
  ["no answer", [{ fault: "hang" }], 2],
  ["no answer although it was taken", [{ fault: "hang", after_commit: true }], 2],
  ["a connection that breaks after it was taken", [{ fault: "drop", after_commit: true }], 2],
  ["trouble told after it was taken", [{ fault: "internal_error", after_commit: true }], 2],
];
for (const [at, [trouble, faults, attempts]] of TROUBLES.entries()) {
  test(`one message despite ${trouble}`, async () => {
    await standins.mail.control({ clear: true, faults });
    const row = await sent(`Q-${at}`);
    assert.equal((await received(row.op_id)).length, 1);
    assert.equal(row.attempts, attempts);
    assert.equal((await logged(`Q-${at}`)).length, 1);
    assert.deepEqual(await alertsOf(central, row.op_id), []);
  });
}

test("the same message of the queue many times at once is one email and one request", async () => {
  await standins.mail.faults({ fault: "slow", milliseconds: 600 });
  const before = (await standins.mail.seen()).requests;
  const opId = await waitingEmail(central, "Q-TWICE");
  const worker = await central.runtime.getWorker();
  const message = (id: string) => [{ id, timestamp: new Date(), attempts: 1, body: { op_id: opId } }];
  await Promise.all(["a", "b", "c"].map((id) => worker.queue("mail", message(id))));
  await until(central, QUEUE, opId, "sent");
  assert.equal((await received(opId)).length, 1);
  assert.equal((await standins.mail.seen()).requests, before + 1);
});

test("an attachment that is not the approved one is never sent", async () => {
  await standins.mail.faults();
  const before = (await standins.mail.seen()).requests;
  const opId = await waitingEmail(central, "Q-OTHER", { stored: Buffer.from("%PDF-1.7 the very bytes that were approveD") });
  await tell(central, QUEUE, opId);
  await until(central, QUEUE, opId, "failed");
  assert.equal((await standins.mail.seen()).requests, before);
  const [alert, ...more] = await alertsOf(central, opId);
  assert.deepEqual(more, []);
  assert.equal(
    alert.message,
    "The email of quote Q-OTHER did not reach the mail provider: " +
      "the attachment quotes/Q-OTHER.pdf is not the one that was approved, so nothing was sent.",
  );
  assert.equal(await statusOf("Q-OTHER"), "approved");
  assert.deepEqual(await logged("Q-OTHER"), []);
});

test("an attachment that is not there yet is waited for, and in the end asked for", async () => {
  const opId = await waitingEmail(central, "Q-NONE", { stored: null });
  await tell(central, QUEUE, opId);
  const row = await until(central, QUEUE, opId, "failed");
  assert.deepEqual([row.attempts, row.last_error], [3, "the attachment quotes/Q-NONE.pdf is not stored yet"]);
});

test("three failures alert a person once, and a replay sends one message", async () => {
  await standins.mail.faults({ fault: "internal_error", times: 2 }, { fault: "internal_error", after_commit: true });
  const opId = await waitingEmail(central, "Q-FAIL");
  await tell(central, QUEUE, opId);
  const row = await until(central, QUEUE, opId, "failed");
  assert.deepEqual([row.attempts, row.last_error], [3, "the mail provider answered 500"]);
  assert.equal((await alertsOf(central, opId)).length, 1);
  assert.equal(await statusOf("Q-FAIL"), "approved");

  await central.admin("POST", "/v1/admin/replay", { op_id: opId });
  await until(central, QUEUE, opId, "sent");
  assert.equal((await received(opId)).length, 1);
  assert.equal(await statusOf("Q-FAIL"), "sent");
  assert.notEqual((await alertsOf(central, opId))[0].resolved_at, null);
});

test("an address no mail can go to fails at once, and says why", async () => {
  await standins.mail.faults();
  const before = (await standins.mail.seen()).requests;
  const opId = await waitingEmail(central, "Q-NOWHERE", { to: "marcy" });
  await tell(central, QUEUE, opId);
  const row = await until(central, QUEUE, opId, "failed");
  assert.match(row.last_error, /^it answered 422, validation_error: Invalid address `marcy`/);
  assert.equal((await standins.mail.seen()).requests, before + 1);
});

test("a quote its customer answered before its email was recorded keeps that answer", async () => {
  const opId = await waitingEmail(central, "Q-ACCEPTED");
  await central.user("Mike", "approver");
  assert.equal(said(await pushOne(await central.enrolled("Mike"), outcomeOp("Mike", "Q-ACCEPTED"))), "applied");
  await tell(central, QUEUE, opId);
  await until(central, QUEUE, opId, "sent");
  assert.equal((await logged("Q-ACCEPTED")).length, 1);
  assert.equal(await statusOf("Q-ACCEPTED"), "accepted");
});

test("a document of many megabytes arrives whole", async () => {
  const large = Buffer.alloc(7_000_001, "0123456789abcdef");
  await (await central.runtime.getR2Bucket("FILES")).put("quotes/Q-LARGE.pdf", Uint8Array.from(large));
  const opId = await waitingEmail(central, "Q-LARGE", { stored: null });
  const attachment = JSON.stringify({ object: "quotes/Q-LARGE.pdf", sha256: sha256(large), size: large.length });
  await central.db
    .prepare("UPDATE emails SET message = json_set(message, '$.attachment', json(?2)) WHERE op_id = ?1")
    .bind(opId, attachment)
    .run();
  await tell(central, QUEUE, opId);
  await until(central, QUEUE, opId, "sent");
  assert.equal((await received(opId))[0]?.attachments[0]?.sha256, sha256(large));
});

test("no log line carries an address, a subject or a key", () => {
  const log = central.log.join("\n");
  assert.match(log, /deliveries\.done/);
  assert.doesNotMatch(log, /marcy|price quote|re_local/);
});
