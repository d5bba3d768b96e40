/**
 * The first decision stands. Every decision proves who made it, on what, and after which other one.
 */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Central, type Device, startCentral } from "./support/central.ts";
import { Decider, NOW, type Op, actionOp, altered, count, customerRow, op, push, pushOne, rowsOf, said } from "./support/push.ts";

let central: Central;
let mike: Device;
let ann: Device;
let dana: Device;
let mikes: Decider;
let anns: Decider;
let id: string;
let staged: Op;
let n = 0;

before(async () => {
  central = await startCentral();
  await central.reference([{ table: "customers", row: customerRow("C1", "East") }]);
  await central.user("Mike", "approver");
  await central.user("Ann", "admin");
  await central.user("Dana", "rep", "East");
  mike = await central.enrolled("Mike");
  ann = await central.enrolled("Ann");
  dana = await central.enrolled("Dana");
  mikes = new Decider(mike);
  anns = new Decider(ann);
});
after(() => central.stop());
beforeEach(async () => {
  id = `A${(n += 1)}`;
  staged = actionOp("Dana", { id, customer: "C1", quote: `Q-${id}` });
  assert.equal(said(await pushOne(dana, staged)), "applied");
});

const status = async (): Promise<any> =>
  (await rowsOf(central, "SELECT status, decided_by FROM proposed_actions WHERE id = ?1", id))[0];
const alerts = () => rowsOf(central, "SELECT message FROM alerts WHERE quote_id = ?1", `Q-${id}`);

describe("who comes first", () => {
  test("stands; the other is told by whom, is kept as signed, and both people see it", async () => {
    assert.deepEqual(await pushOne(ann, anns.decide(staged, "rejected", { note: "too low" })).then(({ outcome, result }) => [outcome, result]),
      ["applied", { action_id: id, status: "rejected" }]);
    const second = mikes.decide(staged);
    const answer = await pushOne(mike, { ...second, op_id: `${id}.mikes` });
    assert.equal(said(answer), "conflict overtaken");
    assert.deepEqual(answer.result.standing, {
      action_id: id, status: "rejected", drafted_by: "Dana", decided_by: "Ann", decided_at: NOW, decision_note: "too low", void_reason: null,
    });
    assert.deepEqual(await status(), { status: "rejected", decided_by: "Ann" });
    assert.deepEqual(
      await rowsOf(central, "SELECT outcome, record FROM decisions WHERE action_id = ?1 AND public_key = ?2", id, mike.publicKey),
      [{ outcome: "overruled", record: JSON.parse(second.payload).record }],
    );
    assert.deepEqual(await alerts(), [{ message: `Mike’s approval of Q-${id} does not count: Ann rejected it first` }]);
    for (const device of [dana, mike]) {
      const seen = (await device.pullAll()).entries.filter((entry) => entry.table === "alerts" && entry.row?.["quote_id"] === `Q-${id}`);
      assert.equal(seen.length, 1);
    }
  });

  test("decisions at the same moment: one stands, the other is a conflict, and the receipts say so", async () => {
    const both: [Device, Op][] = [[mike, { ...mikes.decide(staged), op_id: `${id}.m` }], [ann, { ...anns.decide(staged, "rejected"), op_id: `${id}.a` }]];
    const answers = await Promise.all(both.map(([device, one]) => pushOne(device, one)));
    assert.deepEqual(answers.map((one) => one.outcome).sort(), ["applied", "conflict"]);
    const winner = answers[0]?.outcome === "applied" ? { status: "approved", decided_by: "Mike" } : { status: "rejected", decided_by: "Ann" };
    assert.deepEqual(await status(), winner);
    assert.equal(await count(central, "decisions", `action_id = '${id}' AND outcome = 'stands'`), 1);
    assert.equal((await alerts()).length, 1);
  });

  test("the same decision sent again is the same answer, also when it was overruled", async () => {
    await pushOne(ann, { ...anns.decide(staged), op_id: `${id}.a` });
    const late = { ...mikes.decide(staged), op_id: `${id}.m` };
    const first = await pushOne(mike, late);
    const again = await pushOne(mike, late);
    assert.deepEqual([again.outcome, again.first, again.result], ["duplicate", "conflict", first.result]);
    assert.equal((await alerts()).length, 1);
  });

  test("a voided action is decided by nobody, a decided one is not voided", async () => {
    const voiding = op("Dana", "action_void", `${id}.voided`, { id, reason: "changed", replaced_by: null, voided_at: NOW, voided_by: "Dana" });
    assert.equal(said(await pushOne(dana, voiding)), "applied");
    const answer = await pushOne(mike, mikes.decide(staged));
    assert.deepEqual([said(answer), answer.result.standing.status, answer.result.standing.void_reason], ["conflict overtaken", "voided", "changed"]);
    const other = actionOp("Dana", { id: `${id}b` });
    await pushOne(dana, other);
    await pushOne(mike, mikes.decide(other));
    const late = op("Dana", "action_void", `${id}b.voided`, { id: `${id}b`, reason: "changed", replaced_by: null, voided_at: NOW, voided_by: "Dana" });
    assert.deepEqual((await pushOne(dana, late)).result.standing.decided_by, "Mike");
  });
});

describe("expiry", () => {
  const overdue = (more = {}) => actionOp("Dana", { id: `${id}x`, expiresAt: "2026-11-24T10:00:00.000Z", ...more });
  const expire = () => central.db.prepare("UPDATE proposed_actions SET status = 'expired' WHERE id = ?1").bind(`${id}x`).run();

  test("by the central does not undo a decision made in time on a device that was offline", async () => {
    const one = overdue();
    await pushOne(dana, one);
    await expire();
    assert.equal(said(await pushOne(mike, mikes.decide(one, "approved", { decided_at: "2026-11-24T10:00:00.000Z" }))), "applied");
  });

  test("by the central stands against a decision made too late", async () => {
    const one = overdue();
    await pushOne(dana, one);
    await expire();
    assert.equal(said(await pushOne(mike, mikes.decide(one, "approved", { decided_at: "2026-11-24T10:00:00.001Z" }))), "conflict overtaken");
  });

  test("told by a device stands: its person was not asked any more", async () => {
    const one = overdue();
    await pushOne(dana, one);
    const early = op("Dana", "action_expire", `${id}x.early`, { id: `${id}x`, expired_at: NOW });
    assert.equal(said(await pushOne(dana, early)), "rejected bad_payload");
    const told = op("Dana", "action_expire", `${id}x.expired`, { id: `${id}x`, expired_at: "2026-11-24T10:00:00.000Z" });
    assert.equal(said(await pushOne(dana, told)), "applied");
    assert.equal(said(await pushOne(mike, mikes.decide(one))), "conflict overtaken");
  });
});

describe("what a decision must prove", () => {
  const resigned = (one: Op, change: (payload: any) => void): Op => altered(one, change);
  const draw = () => new Decider(mike);

  test("its signature", async () => {
    const one = mikes.decide(staged);
    const flipped = resigned(one, (payload) => (payload.signature = payload.signature.replace(/^./, (digit: string) => (digit === "0" ? "1" : "0"))));
    assert.equal(said(await pushOne(mike, flipped)), "rejected bad_signature");
    const reworded = resigned(one, (payload) => (payload.record = payload.record.replace("approved", "rejected")));
    assert.equal(said(await pushOne(mike, reworded)), "rejected bad_signature");
    assert.equal(said(await pushOne(mike, one)), "applied");
  });

  test("that it is this device's: another device's key counts for nothing", async () => {
    const stolen = { ...anns.decide(staged, "approved", { decided_by: "Mike" }), created_by: "Mike" };
    assert.equal(said(await pushOne(mike, stolen)), "rejected bad_signature");
    anns.seq -= 1;
    anns.last = JSON.parse(stolen.payload).prev_hash;
  });

  test("its place in the chain", async () => {
    const one = mikes.decide(staged);
    assert.equal(said(await pushOne(mike, resigned(one, (payload) => (payload.hash = "0".repeat(64))))), "rejected chain_broken");
    assert.equal(said(await pushOne(mike, resigned(one, (payload) => (payload.prev_hash = "0".repeat(64))))), "rejected chain_broken");
    const fork = draw();
    assert.equal(said(await pushOne(mike, { ...fork.decide(staged, "rejected"), op_id: `${id}.fork` })), "rejected chain_broken");
    const genesis = draw();
    genesis.last = "0".repeat(64);
    assert.equal(said(await pushOne(mike, { ...genesis.decide(staged), op_id: `${id}.genesis` })), "rejected chain_broken");
    assert.equal(said(await pushOne(mike, one)), "applied");
    const following = draw();
    following.seq = mikes.seq - 1;
    following.last = "5".repeat(64);
    assert.equal(said(await pushOne(mike, { ...following.decide(staged), op_id: `${id}.same` })), "rejected chain_broken");
  });

  test("in any order of arrival", async () => {
    const second = actionOp("Dana", { id: `${id}2` });
    await pushOne(dana, second);
    const [one, two] = [mikes.decide(staged), mikes.decide(second)];
    assert.deepEqual([said(await pushOne(mike, two)), said(await pushOne(mike, one))], ["applied", "applied"]);
  });

  test("its person and that person's right", async () => {
    const danas = new Decider(dana);
    assert.equal(said(await pushOne(dana, danas.decide(staged))), "rejected not_allowed");
    const named = { ...mikes.decide(staged, "approved", { decided_by: "Ann" }) };
    assert.equal(said(await pushOne(mike, named)), "rejected other_user");
    mikes.seq -= 1;
    mikes.last = JSON.parse(named.payload).prev_hash;
    assert.deepEqual(await status(), { status: "pending", decided_by: null });
  });

  test("that it is about exactly what was proposed", async () => {
    const answer = await pushOne(mike, mikes.decide(staged, "approved", { payload_hash: "0".repeat(64) }));
    assert.equal(said(answer), "conflict overtaken");
    assert.deepEqual(await status(), { status: "pending", decided_by: null });
    assert.match((await alerts())[0].message, /it was made on other content/);
  });

  test("that another than its drafter made it, where the contract says so", async () => {
    const own = actionOp("Mike", { id: `${id}s`, shown: { self_approval: "refused" } });
    await pushOne(mike, own);
    const decided = mikes.decide(own);
    assert.equal(said(await pushOne(mike, decided)), "rejected not_allowed");
    mikes.seq -= 1;
    mikes.last = JSON.parse(decided.payload).prev_hash;
    assert.equal(said(await pushOne(ann, anns.decide(own))), "applied");
  });

  test("that its action is there: it waits for it", async () => {
    const later = actionOp("Dana", { id: `${id}l` });
    const decided = mikes.decide(later);
    assert.equal(said(await pushOne(mike, decided)), "retry not_yet");
    await pushOne(dana, later);
    assert.equal(said(await pushOne(mike, decided)), "applied");
  });

  test("on an action that lost against another under its key, it is overruled with it", async () => {
    const [first, second] = [actionOp("Dana", { id: `${id}f`, key: `k${id}` }), actionOp("Mike", { id: `${id}g`, key: `k${id}` })];
    await pushOne(dana, first);
    const results = await push(mike, [second, mikes.decide(second)]);
    assert.deepEqual(results.map(said), ["conflict overtaken", "conflict overtaken"]);
    assert.deepEqual(results[1]?.result.standing.action_id, `${id}f`);
    assert.equal(await count(central, "decisions", `action_id = '${id}g' AND outcome = 'overruled'`), 1);
  });
});

describe("closing", () => {
  test("a rep closes neither another's action of another territory nor in another's name", async () => {
    await central.user("Ben", "rep", "West");
    const ben = await central.enrolled("Ben");
    const voiding = (by: string, as: string) => op(by, "action_void", `${id}.voided`, { id, reason: "r", replaced_by: null, voided_at: NOW, voided_by: as });
    assert.equal(said(await pushOne(ben, voiding("Ben", "Ben"))), "rejected not_yours");
    assert.equal(said(await pushOne(dana, voiding("Dana", "Mike"))), "rejected other_user");
    assert.deepEqual(await status(), { status: "pending", decided_by: null });
  });

  test("of what has not arrived waits for it", async () => {
    const voiding = op("Dana", "action_void", "nothing.voided", { id: "nothing", reason: "r", replaced_by: null, voided_at: NOW, voided_by: "Dana" });
    assert.equal(said(await pushOne(dana, voiding)), "retry not_yet");
  });
});
