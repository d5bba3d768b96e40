/**
 * What a customer said to a quote is recorded once, of a quote that waits for it, and the first word stands.
 */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Central, type Device, startCentral } from "./support/central.ts";
import { quoteStatement } from "./support/outgoing.ts";
import {
  Decider, NOW, type Op, count, customerRow, gateOf, gateOp, outcomeOp, push, pushOne, quoteRow, rowsOf, rowsOp, said,
} from "./support/push.ts";

let central: Central;
let mike: Device;
let dana: Device;
let ben: Device;
let mikes: Decider;
let quote: string;
let n = 0;

before(async () => {
  central = await startCentral();
  await central.reference([{ table: "customers", row: customerRow("C1", "East") }, { table: "customers", row: customerRow("C2", "West") }]);
  await central.user("Mike", "approver");
  await central.user("Dana", "rep", "East");
  await central.user("Ben", "rep", "West");
  [mike, dana, ben] = [await central.enrolled("Mike"), await central.enrolled("Dana"), await central.enrolled("Ben")];
  mikes = new Decider(mike);
});
after(() => central.stop());
beforeEach(() => {
  n += 1;
  quote = `Q-${n}`;
});

/** The quote, of customer C1, as it stands. */
const standing = (status: string) => quoteStatement(central, quote, status).run();
const lost = { outcome: "declined", reason: "competitor", competitor: "Gold Star Foods", note: "4 % below us" };
const stands = async () => (await rowsOf(central, "SELECT lifecycle_status AS it FROM quotes WHERE id = ?1", quote))[0]?.it;
const recorded = () => rowsOf(central, "SELECT outcome, reason, competitor, note, decided_by, decided_at FROM quote_outcomes WHERE quote_id = ?1", quote);

describe("the outcome of a quote", () => {
  test("is recorded of one that is approved or sent, which then stands where it says", async () => {
    for (const [status, otherwise, then] of [["approved", {}, "accepted"], ["sent", {}, "accepted"], ["approved", lost, "declined"], ["sent", lost, "declined"]] as const) {
      quote = `Q-${n}-${status}-${then}`;
      await standing(status);
      assert.equal(said(await pushOne(dana, outcomeOp("Dana", quote, otherwise))), "applied");
      assert.equal(await stands(), then);
      const { outcome, reason, competitor, note } = JSON.parse(outcomeOp("Dana", quote, otherwise).payload);
      assert.deepEqual(await recorded(), [{ outcome, reason, competitor, note, decided_by: "Dana", decided_at: NOW }]);
    }
  });

  test("reaches who has the customer, and nobody else's device, together with where the quote stands", async () => {
    await standing("sent");
    const [d, b] = [await dana.pullAll(), await ben.pullAll()];
    await pushOne(mike, outcomeOp("Mike", quote, lost));
    const { entries } = await dana.pullAll(d.cursor);
    assert.deepEqual(
      entries.map(({ table, key, row }) => [table, key, row?.outcome ?? row?.lifecycle_status]),
      [["quote_outcomes", [quote], "declined"], ["quotes", [quote], "declined"]],
    );
    assert.deepEqual((await ben.pullAll(b.cursor)).entries, []);
  });

  test("sent again changes nothing, and is answered as the first time", async () => {
    await standing("sent");
    const one = outcomeOp("Dana", quote);
    assert.equal(said(await pushOne(dana, one)), "applied");
    const [{ seq }] = await rowsOf(central, "SELECT max(seq) AS seq FROM changes");
    const { outcome, first, code } = await pushOne(dana, one);
    assert.deepEqual([outcome, first, code], ["duplicate", "applied", null]);
    assert.deepEqual(await rowsOf(central, "SELECT max(seq) AS seq FROM changes"), [{ seq }]);
  });

  test("that comes second is a conflict, told with what stands, however often it is sent", async () => {
    await standing("sent");
    await pushOne(mike, outcomeOp("Mike", quote, lost));
    const late = outcomeOp("Dana", quote);
    const result = await pushOne(dana, late);
    assert.equal(said(result), "conflict overtaken");
    assert.equal(result.message, `quote ${quote} was declined before, as Mike recorded`);
    const told = { standing: { quote_id: quote, lifecycle_status: "declined", ...lost, decided_by: "Mike", decided_at: NOW } };
    assert.deepEqual(result.result, told);
    const again = await pushOne(dana, late);
    assert.deepEqual([again.outcome, again.first, again.code, again.result], ["duplicate", "conflict", "overtaken", told]);
    assert.equal(await stands(), "declined");
    assert.deepEqual((await recorded()).map((row) => row.decided_by), ["Mike"]);
  });

  test("of a quote that waits for none is a conflict, told with where it stands", async () => {
    for (const status of ["expired", "superseded", "cancelled", "accepted", "declined"]) {
      quote = `Q-${n}-${status}`;
      await standing(status);
      const result = await pushOne(dana, outcomeOp("Dana", quote));
      assert.deepEqual([said(result), result.message], ["conflict overtaken", `quote ${quote} is ${status}`]);
      assert.deepEqual(
        [result.result.standing.quote_id, result.result.standing.lifecycle_status, result.result.standing.outcome],
        [quote, status, null],
      );
      assert.equal(await stands(), status);
      assert.deepEqual(await recorded(), []);
    }
  });

  test("is told by who recorded it, in full, and by nobody of another territory", async () => {
    await standing("sent");
    const wrong: [Device, Op, string][] = [
      [ben, outcomeOp("Ben", quote), "rejected not_yours"],
      [dana, outcomeOp("Dana", quote, { decided_by: "Mike" }), "rejected other_user"],
      [dana, outcomeOp("Dana", quote, { outcome: "declined" }), "rejected bad_payload"],
      [dana, outcomeOp("Dana", quote, { ...lost, reason: "weather" }), "rejected bad_payload"],
      [dana, outcomeOp("Dana", quote, { outcome: "lost" }), "rejected bad_payload"],
      [dana, outcomeOp("Dana", quote, { decided_at: "yesterday" }), "rejected bad_payload"],
      [dana, outcomeOp("Dana", quote, { competitor: "two\nlines" }), "rejected bad_payload"],
    ];
    for (const [device, one, answer] of wrong) assert.equal(said(await pushOne(device, one)), answer, one.payload);
    assert.equal(await count(central, "receipts", `aggregate = 'quote:${quote}'`), 0, "what was refused leaves no receipt");
    assert.deepEqual([await stands(), await recorded()], ["sent", []]);
    assert.equal(said(await pushOne(dana, outcomeOp("Dana", quote, lost))), "applied", "what was put right goes through");
  });
});

describe("in any order", () => {
  const gate = (more: object = {}) => gateOf({ quote, customer: "C1", run: `R-${quote}`, ...more });

  test("an outcome waits for its quote, also for its approval", async () => {
    assert.equal(said(await pushOne(mike, outcomeOp("Mike", quote))), "retry not_yet");
    await standing("proposed");
    assert.equal(said(await pushOne(mike, outcomeOp("Mike", quote))), "retry not_yet");
    await central.db.prepare("UPDATE quotes SET lifecycle_status = 'approved' WHERE id = ?1").bind(quote).run();
    assert.equal(said(await pushOne(mike, outcomeOp("Mike", quote))), "applied");
  });

  test("goes in the push of its quote, and whatever of the quote comes after it does not undo it", async () => {
    const made = gate();
    const staged = gateOp("Mike", made);
    const written = (status: string, nth: number) => rowsOp("Mike", made, [["quotes", quoteRow(made, { lifecycle_status: status })]], { n: nth });
    const results = await push(mike, [staged, mikes.decide(staged), written("approved", 0), outcomeOp("Mike", quote), written("approved", 1), written("sent", 2)]);
    assert.deepEqual(results.map(said), results.map(() => "applied"));
    assert.equal(await stands(), "accepted");
  });

  test("is not applied before its quote's rows when it is sent before them", async () => {
    const made = gate();
    const staged = gateOp("Mike", made);
    const ops = [staged, mikes.decide(staged), outcomeOp("Mike", quote), rowsOp("Mike", made, [["quotes", quoteRow(made)]])];
    assert.deepEqual((await push(mike, ops)).map(said), ["applied", "applied", "retry not_yet", "retry not_yet"]);
    assert.deepEqual((await push(mike, [ops[3], ops[2]] as Op[])).map(said), ["applied", "applied"]);
    assert.equal(await stands(), "accepted");
  });

  test("before a revision the answer keeps its place, after it there is none to give", async () => {
    await standing("sent");
    const old = quoteRow(gateOf({ quote, customer: "C1", run: `R${quote}` }), { lifecycle_status: "superseded" });
    const revised = gateOf({ quote: `${quote}-R2`, customer: "C1", run: `R-${quote}-R2`, revisionOf: quote });
    const staged = gateOp("Mike", revised);
    const written = rowsOp("Mike", revised, [["quotes", quoteRow(revised)], ["quotes", old]]);
    const results = await push(mike, [outcomeOp("Mike", quote, lost), staged, mikes.decide(staged), written]);
    assert.deepEqual(results.map(said), results.map(() => "applied"));
    assert.equal(await stands(), "superseded");
    assert.equal((await recorded()).length, 1);
    const late = await pushOne(dana, outcomeOp("Dana", quote));
    assert.deepEqual([said(late), late.message], ["conflict overtaken", `quote ${quote} was declined before, as Mike recorded, and is superseded now`]);
  });
});

describe("at the same moment", () => {
  test("twins: one takes effect", async () => {
    await standing("sent");
    const one = outcomeOp("Dana", quote, lost);
    const answers = (await Promise.all([1, 2, 3, 4].map(() => pushOne(dana, one)))).map(said);
    assert.equal(answers.filter((answer) => answer === "applied").length, 1, answers.join());
    assert.ok(answers.every((answer) => ["applied", "duplicate", "retry unavailable"].includes(answer)), answers.join());
    assert.equal(await count(central, "receipts", `aggregate = 'quote:${quote}'`), 1);
    assert.equal((await recorded()).length, 1);
  });

  test("two people's: whoever loses is told what stands, and the quote stands there", async () => {
    for (let round = 0; round < 5; round += 1) {
      quote = `Q-${n}-${round}`;
      await standing("sent");
      const [mikesAnswer, danas] = await Promise.all([
        pushOne(mike, outcomeOp("Mike", quote)), pushOne(dana, outcomeOp("Dana", quote, lost)),
      ]);
      const [won, other] = mikesAnswer.outcome === "applied" ? ["accepted", danas] : ["declined", mikesAnswer];
      assert.deepEqual([mikesAnswer, danas].map(said).sort(), ["applied", "conflict overtaken"]);
      assert.equal(other.result.standing.outcome, won);
      assert.equal(await stands(), won);
      assert.deepEqual((await recorded()).map((row) => row.outcome), [won]);
    }
  });
});
