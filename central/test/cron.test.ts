/** What is stranded is sent on its way again, what is overdue expires, and what runs claim is proven or disproven. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, sha256, startCentral } from "./support/central.ts";
import { PDF, quoteStatement, rowOf, strike, tell, until, waitingEmail, waitingPush } from "./support/outgoing.ts";
import { NOW, actionOp, customerRow, pushOne, rowsOf, said } from "./support/push.ts";
import { type StandIns, startStandIns } from "./support/standins.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

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

const later = (ms: number) => new Date(Date.now() + ms);
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

test("a push and an email no queue was told of are told of when the clock strikes", async () => {
  const push = await waitingPush(central, "Q-UNTOLD");
  const email = await waitingEmail(central, "Q-UNTOLD");
  // Whoever wrote them may be about to tell.
  await strike(central, later(10_000));
  assert.equal((await rowOf(central, "NS_PUSH_QUEUE", push)).enqueued_at, null);
  await strike(central, later(MINUTE));
  assert.equal((await until(central, "NS_PUSH_QUEUE", push, "pushed")).attempts, 1);
  assert.equal((await until(central, "MAIL_QUEUE", email, "sent")).attempts, 1);
});

test("a consumer that ended with the lease in its hands is followed by another, which looks first", async () => {
  await standins.netsuite.faults();
  const opId = await waitingPush(central, "Q-HELD");
  await tell(central, "NS_PUSH_QUEUE", opId);
  await until(central, "NS_PUSH_QUEUE", opId, "pushed");
  const before = (await standins.netsuite.seen()).requests;
  // It had pushed, and ended before it wrote so.
  const held = "UPDATE ns_pushes SET state = 'pushing', attempts = 0, lease_until = ?2, enqueued_at = ?3, updated_at = ?3 WHERE op_id = ?1";
  await central.db.prepare(held).bind(opId, later(MINUTE).toISOString(), ago(MINUTE)).run();
  await strike(central);
  await tell(central, "NS_PUSH_QUEUE", opId);
  await new Promise((done) => setTimeout(done, 500));
  assert.equal((await rowOf(central, "NS_PUSH_QUEUE", opId)).state, "pushing");

  await central.db.prepare(held).bind(opId, ago(3 * MINUTE), ago(5 * MINUTE)).run();
  await strike(central);
  const row = await until(central, "NS_PUSH_QUEUE", opId, "pushed");
  assert.equal(row.attempts, 1);
  const requests = (await standins.netsuite.seen()).requests;
  assert.deepEqual([requests.PUT - before.PUT, requests.GET - before.GET], [0, 1]);
});

test("what waits for its next attempt is let be", async () => {
  const opId = await waitingPush(central, "Q-WAITS");
  await central.db
    .prepare("UPDATE ns_pushes SET attempts = 1, lease_until = ?2, enqueued_at = ?3, updated_at = ?3 WHERE op_id = ?1")
    .bind(opId, later(5 * MINUTE).toISOString(), ago(5 * MINUTE))
    .run();
  await strike(central);
  await tell(central, "NS_PUSH_QUEUE", opId);
  await new Promise((done) => setTimeout(done, 500));
  const row = await rowOf(central, "NS_PUSH_QUEUE", opId);
  assert.deepEqual([row.state, row.attempts, row.enqueued_at < ago(MINUTE)], ["queued", 1, true]);
});

test("with nothing configured everything waits, without an attempt", async () => {
  const bare = await startCentral({ batchTimeout: 0 });
  try {
    const push = await waitingPush(bare, "Q-BARE");
    const email = await waitingEmail(bare, "Q-BARE");
    await tell(bare, "NS_PUSH_QUEUE", push);
    await tell(bare, "MAIL_QUEUE", email);
    const end = Date.now() + 10_000;
    while (bare.log.filter((line) => line.includes("not_configured")).length < 2 && Date.now() < end) {
      await new Promise((done) => setTimeout(done, 50));
    }
    await strike(bare, later(10 * MINUTE));
    for (const [queue, opId] of [["NS_PUSH_QUEUE", push], ["MAIL_QUEUE", email]] as const) {
      const row = await rowOf(bare, queue, opId);
      assert.deepEqual([row.state, row.attempts, row.enqueued_at], ["queued", 0, null]);
    }
    assert.match(bare.log.join("\n"), /not_configured.*NETSUITE_ACCOUNT/);
    assert.match(bare.log.join("\n"), /not_configured.*MAIL_BASE_URL/);
  } finally {
    await bare.stop();
  }
});

test("a gate past its hour expires, but not before a decision made in time could have come", async () => {
  await central.reference([{ table: "customers", row: customerRow("C9", "Dana Whitlock") }]);
  await central.user("Dana Ruiz", "rep", "Dana Whitlock");
  const dana = await central.enrolled("Dana Ruiz");
  const staged = [
    actionOp("Dana Ruiz", { id: "OVERDUE", customer: "C9", expiresAt: ago(HOUR) }),
    actionOp("Dana Ruiz", { id: "OPEN", customer: "C9", expiresAt: later(90 * 24 * HOUR).toISOString() }),
  ];
  for (const one of staged) assert.equal(said(await pushOne(dana, one)), "applied");
  const statuses = async () =>
    (await rowsOf(central, "SELECT id, status FROM proposed_actions WHERE id IN ('OVERDUE', 'OPEN') ORDER BY id DESC")).map(
      ({ id, status }) => `${id} ${status}`,
    );
  await strike(central, later(23 * HOUR));
  assert.deepEqual(await statuses(), ["OVERDUE pending", "OPEN pending"]);
  await strike(central, later(25 * HOUR));
  assert.deepEqual(await statuses(), ["OVERDUE expired", "OPEN pending"]);
  const fed = (await dana.pullAll()).entries.find((one) => one.table === "proposed_actions" && one.key[0] === "OVERDUE");
  assert.equal(fed?.row?.status, "expired");
});

/** A run's three claims, made that long ago. */
async function claims(quote: string, age: number): Promise<void> {
  const statement = central.db.prepare(
    `INSERT INTO workflow_verify_results (run_id, check_id, quote_id, status, evidence, created_at)
     VALUES (?1, ?2, ?3, 'pending', '{"waits_for":"central"}', ?4)`,
  );
  const checks = ["quote_persisted", "pdf_stored", "email_sent"];
  await central.db.batch(checks.map((check) => statement.bind(`R${quote}`, check, quote, ago(age))));
}

async function verdicts(quote: string): Promise<Record<string, { status: string; evidence: any }>> {
  const rows = await rowsOf(central, "SELECT * FROM workflow_verify_results WHERE run_id = ?1", `R${quote}`);
  return Object.fromEntries(rows.map((row) => [row.check_id, { status: row.status, evidence: JSON.parse(row.evidence) }]));
}

async function stored(quote: string, bytes: Buffer, noted = sha256(bytes)): Promise<void> {
  const object = `quotes/${quote}.pdf`;
  await (await central.runtime.getR2Bucket("FILES")).put(object, Uint8Array.from(bytes), { sha256: sha256(bytes) });
  await central.db
    .prepare("INSERT INTO files (object_key, sha256, size, media_type, quote_id, stored_at) VALUES (?1, ?2, ?3, 'application/pdf', ?4, ?5)")
    .bind(object, noted, bytes.length, quote, NOW)
    .run();
}

async function emailGate(quote: string, status: string, updated = ago(2 * HOUR)): Promise<void> {
  await central.db
    .prepare(
      `INSERT INTO proposed_actions (id, action_type, action_key, status, summary, risk_level, quote_id, run_id, payload,
         payload_hash, drafted_by, created_at, expires_at, updated_at)
       VALUES ('A' || ?1, 'send_quote_to_customer', 'key:' || ?1, ?2, '', 2, ?1, 'R' || ?1, '{}', '', 'Dana', ?3, '2099-01-01', ?3)`,
    )
    .bind(quote, status, updated)
    .run();
}

const statusesOf = (found: Record<string, { status: string }>) =>
  ["quote_persisted", "pdf_stored", "email_sent"].map((check) => found[check]?.status);

test("what a run claims is proven from what the central holds", async () => {
  await claims("Q-PROVEN", 2 * HOUR);
  await stored("Q-PROVEN", PDF);
  await emailGate("Q-PROVEN", "approved");
  const email = await waitingEmail(central, "Q-PROVEN", { stored: null });
  await tell(central, "MAIL_QUEUE", email);
  await until(central, "MAIL_QUEUE", email, "sent");
  await strike(central);
  const found = await verdicts("Q-PROVEN");
  assert.deepEqual(statusesOf(found), ["passed", "passed", "passed"]);
  assert.deepEqual(found["quote_persisted"]?.evidence, { row: { id: "Q-PROVEN", lifecycle_status: "sent" }, by: "central" });
  assert.deepEqual(found["pdf_stored"]?.evidence, {
    object: "quotes/Q-PROVEN.pdf", sha256: sha256(PDF), expected: sha256(PDF), by: "central",
  });
  assert.deepEqual(found["email_sent"]?.evidence, { row: { id: email }, by: "central" });
});

test("a claim younger than an hour is its device's to prove", async () => {
  await claims("Q-YOUNG", HOUR - MINUTE);
  await strike(central);
  assert.deepEqual(statusesOf(await verdicts("Q-YOUNG")), ["pending", "pending", "pending"]);
});

test("what never came is disproven, and proven when it comes after all", async () => {
  await claims("Q-LATE", 2 * HOUR);
  await emailGate("Q-LATE", "rejected");
  await strike(central);
  const found = await verdicts("Q-LATE");
  assert.deepEqual(statusesOf(found), ["failed", "failed", "failed"]);
  assert.equal(found["email_sent"]?.evidence.reason, "its approval was rejected");
  await quoteStatement(central, "Q-LATE").run();
  await stored("Q-LATE", PDF);
  await strike(central);
  assert.deepEqual(statusesOf(await verdicts("Q-LATE")), ["passed", "passed", "failed"]);
});

test("a verdict a device reached is not judged again", async () => {
  await claims("Q-DEVICE", 2 * HOUR);
  await central.db.prepare("UPDATE workflow_verify_results SET status = 'failed', evidence = '{}' WHERE run_id = 'RQ-DEVICE'").run();
  await quoteStatement(central, "Q-DEVICE").run();
  await strike(central);
  assert.deepEqual(statusesOf(await verdicts("Q-DEVICE")), ["failed", "failed", "failed"]);
});

test("a document other than the noted one disproves its claim", async () => {
  await claims("Q-SWAPPED", 2 * HOUR);
  await stored("Q-SWAPPED", PDF, sha256("something else"));
  await strike(central);
  const { pdf_stored } = await verdicts("Q-SWAPPED");
  assert.deepEqual([pdf_stored?.status, pdf_stored?.evidence.sha256], ["failed", sha256(PDF)]);
});

test("an email whose gate is open, just decided or on its way is never disproven", async () => {
  const waiting: [string, () => Promise<unknown>][] = [
    ["Q-GATE", () => emailGate("Q-GATE", "pending", ago(300 * HOUR))],
    ["Q-DECIDED", () => emailGate("Q-DECIDED", "approved", ago(MINUTE))],
    ["Q-ONITSWAY", async () => {
      await emailGate("Q-ONITSWAY", "approved");
      await waitingEmail(central, "Q-ONITSWAY");
      await central.db.prepare("UPDATE emails SET lease_until = ?1 WHERE quote_id = 'Q-ONITSWAY'").bind(later(HOUR).toISOString()).run();
    }],
  ];
  for (const [quote, make] of waiting) {
    await claims(quote, 400 * HOUR);
    await make();
  }
  await strike(central);
  for (const [quote] of waiting) assert.equal((await verdicts(quote))["email_sent"]?.status, "pending", quote);
});

test("an email that failed, or was approved and never came, disproves its claim", async () => {
  await claims("Q-FAILED", 2 * HOUR);
  await emailGate("Q-FAILED", "approved");
  const opId = await waitingEmail(central, "Q-FAILED", { to: "nowhere" });
  await tell(central, "MAIL_QUEUE", opId);
  await until(central, "MAIL_QUEUE", opId, "failed");
  await claims("Q-NEVER", 2 * HOUR);
  await emailGate("Q-NEVER", "approved");
  await strike(central);
  assert.match((await verdicts("Q-FAILED"))["email_sent"]?.evidence.reason, /^it answered 422/);
  assert.equal((await verdicts("Q-NEVER"))["email_sent"]?.evidence.reason, "the approved email never came to the central");
});
