/**
 * What a device brings is applied once, whole, in whatever order and however often it is sent.
 */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Central, type Device, sha256 as sha, startCentral } from "./support/central.ts";
import {
  Decider, NOW, type Op, actionOp, altered, canonical, count, customerRow, demoOutbox, demoPdf, demoPeople, drainDemo,
  op, push, pushOne, rowsOf, said, uploadPdf,
} from "./support/push.ts";

describe("a real device's outbox", () => {
  let central: Central;
  let dana: Device;
  let mike: Device;
  before(async () => {
    central = await startCentral();
    ({ dana, mike } = await demoPeople(central));
  });
  after(() => central.stop());

  test("is applied whole, operation by operation", async () => {
    const results = await drainDemo(dana, mike);
    assert.deepEqual([...results.values()].map(said), demoOutbox().map(() => "applied"));
    assert.deepEqual(
      await rowsOf(central, "SELECT status FROM proposed_actions ORDER BY id"),
      [{ status: "approved" }, { status: "approved" }, { status: "approved" }],
    );
    assert.equal(await count(central, "quotes", "lifecycle_status = 'approved'"), 1);
    assert.equal(await count(central, "quote_lines"), 5);
    assert.equal(await count(central, "pricing_master"), 5);
    assert.equal(await count(central, "proposed_pricing", "status = 'promoted'"), 5);
    assert.equal(await count(central, "draft_chunks", "customer_id = 'C10001'"), 2, "the first piece moved to its customer");
    assert.equal(await count(central, "workflow_runs"), 2);
    assert.equal(await count(central, "workflow_verify_results", "status = 'passed'"), 1);
    assert.equal(await count(central, "decisions", "outcome = 'stands'"), 3);
    assert.equal(await count(central, "customer_profiles", "last_quote_event IS NOT NULL AND ar_balance = '1.0000'"), 1);
    assert.equal(await count(central, "ns_pushes", "enqueued_at IS NOT NULL"), 1);
    assert.equal(await count(central, "emails", "enqueued_at IS NOT NULL"), 1);
    assert.equal(await count(central, "files"), 1);
    assert.equal(await count(central, "alerts"), 0);
  });

  test("sent again changes nothing, and is answered as the first time", async () => {
    const [{ seq }] = await rowsOf(central, "SELECT max(seq) AS seq FROM changes");
    const again = await drainDemo(dana, mike);
    assert.deepEqual([...again.values()].map(({ outcome, first }) => `${outcome} ${first}`), demoOutbox().map(() => "duplicate applied"));
    assert.deepEqual(again.get(demoOutbox().find((one) => one.kind === "queue")?.op_id ?? "")?.result, { queued: true });
    assert.deepEqual(await rowsOf(central, "SELECT max(seq) AS seq FROM changes"), [{ seq }]);
  });

  test("reaches the other device through the feed", async () => {
    const { entries } = await dana.pullAll();
    const tables = new Set(entries.map((entry) => entry.table));
    for (const table of ["quotes", "quote_lines", "proposed_actions", "decisions", "draft_chunks", "files", "workflow_runs", "pricing_master"]) {
      assert.ok(tables.has(table), table);
    }
  });
});

describe("order and repetition", () => {
  test("the last first, each until it is applied: the same end", async () => {
    const central = await startCentral();
    try {
      const { dana, mike } = await demoPeople(central);
      let waiting = demoOutbox().reverse();
      for (let round = 0; waiting.length > 0 && round < 20; round += 1) {
        const left: Op[] = [];
        for (const one of waiting) {
          const device = one.created_by === "Mike" ? mike : dana;
          const result = one.kind === "http_call" ? await (await uploadPdf(device, one, demoPdf())).json() : await pushOne(device, one);
          if (said(result as any) === "retry not_yet") left.push(one);
          else if (said(result as any) === "rejected chain_broken") assert.fail("the chain fits in any order");
          else assert.equal(said(result as any), "applied", one.op_id);
        }
        waiting = left;
      }
      assert.deepEqual(waiting, []);
      assert.equal(await count(central, "decisions", "outcome = 'stands'"), 3);
      assert.equal(await count(central, "workflow_verify_results", "check_id = 'quote_persisted' AND status = 'passed'"), 1,
        "a verdict is not made pending again by a log that arrives later");
    } finally {
      await central.stop();
    }
  });

  test("twins at the same moment: each operation takes effect once", async () => {
    const central = await startCentral();
    try {
      const { dana, mike } = await demoPeople(central);
      await push(dana, demoOutbox().filter((one) => one.created_by !== "Mike"));
      const mikes = demoOutbox().filter((one) => one.created_by === "Mike" && one.kind !== "http_call");
      const answers = await Promise.all([1, 2, 3, 4].map(() => push(mike, mikes)));
      mikes.forEach((one, at) => {
        const outcomes = answers.map((results) => said(results[at]));
        assert.equal(outcomes.filter((outcome) => outcome === "applied").length, 1, `${one.op_id}: ${outcomes}`);
        assert.ok(outcomes.every((outcome) => ["applied", "duplicate", "retry not_yet", "retry unavailable"].includes(outcome)), `${outcomes}`);
      });
      assert.equal(await count(central, "receipts"), 3 + mikes.length);
      assert.equal(await count(central, "ns_pushes"), 1);
      assert.equal(await count(central, "emails"), 1);
      assert.equal(await count(central, "alerts"), 0, "a twin is not somebody else");
    } finally {
      await central.stop();
    }
  });
});

describe("one operation's trouble", () => {
  let central: Central;
  let mike: Device;
  before(async () => {
    central = await startCentral();
    await central.user("Mike", "approver");
    mike = await central.enrolled("Mike");
  });
  after(() => central.stop());
  const stagedBy = (id: string, more = {}) => actionOp("Mike", { id, ...more });

  test("is its own: the others of the push are applied", async () => {
    const results = await push(mike, [
      stagedBy("T1"),
      { ...stagedBy("T2"), payload_hash: "0".repeat(64) },
      { ...stagedBy("T3"), created_by: "Ann" },
      op("Mike", "dance", "T4.dance", {}),
      op("Mike", "http_call", "T5.pdf", {}),
      op("Mike", "rows", "T6.rows", { rows: [{ table: "users", change: "upsert", row: { id: "x" } }] }),
      op("Mike", "rows", "T7.rows", { rows: [{ table: "alerts", change: "upsert", row: { id: "x", message: "m", created_at: NOW, secret: "s" } }] }),
      stagedBy("T8", { after: "nobody.decided" }),
      altered(stagedBy("T9"), (payload) => (payload.payload_hash = "1".repeat(64))),
      altered(stagedBy("T10"), (payload) => delete payload.action_type),
      stagedBy("T11"),
    ]);
    assert.deepEqual(results.map(said), [
      "applied", "rejected damaged", "rejected other_user", "rejected unknown_kind", "rejected wrong_route",
      "rejected unknown_table", "rejected unknown_column", "retry not_yet", "rejected damaged", "rejected bad_payload", "applied",
    ]);
    for (const result of results.filter(({ outcome }) => outcome === "rejected")) {
      assert.ok(result.message && result.hint, "a person is told what to do");
    }
    assert.equal(await count(central, "receipts"), 2, "what was refused leaves no receipt");
  });

  test("one that the database refuses in the middle leaves nothing of itself, and holds none of the others up", async () => {
    await central.db.exec("CREATE TRIGGER full BEFORE INSERT ON alerts WHEN new.id = 'U2.alert' BEGIN SELECT RAISE(ABORT, 'full'); END");
    const both = (id: string) => op("Mike", "rows", `${id}.rows`, {
      rows: [
        { table: "workflow_events", change: "upsert", row: { run_id: id, event: "workflow.completed", payload: "{}", created_at: NOW } },
        { table: "alerts", change: "upsert", row: { id: `${id}.alert`, message: "m", created_at: NOW } },
      ],
    });
    const ops = ["U1", "U2", "U3"].map(both);
    assert.deepEqual((await push(mike, ops)).map((one) => one.outcome), ["applied", "rejected", "applied"]);
    assert.deepEqual(await rowsOf(central, "SELECT run_id FROM workflow_events ORDER BY run_id"), [{ run_id: "U1" }, { run_id: "U3" }]);
    assert.equal(await count(central, "receipts", "op_id = 'U2.rows'"), 0);
    await central.db.exec("DROP TRIGGER full");
    assert.deepEqual((await push(mike, ops)).map(said), ["duplicate", "applied", "duplicate"]);
  });

  test("holds up what follows of the same aggregate, and nothing else", async () => {
    const of = (id: string, aggregate: string, by = "Mike") => ({ ...stagedBy(id), aggregate, created_by: by });
    const results = await push(mike, [of("V1", "quote:A"), of("V2", "quote:B", "Ann"), of("V3", "quote:B"), of("V4", "quote:A")]);
    assert.deepEqual(results.map(said), ["applied", "rejected other_user", "retry not_yet", "applied"]);
  });

  test("an id that comes again with other content is refused, within a push and later", async () => {
    const first = stagedBy("W1");
    const other = altered(first, (payload) => (payload.summary = "another"));
    assert.deepEqual((await push(mike, [first, first, other])).map(said), ["applied", "duplicate", "rejected op_id_reused"]);
    assert.equal(said(await pushOne(mike, other)), "rejected op_id_reused");
    assert.equal(said(await pushOne(mike, { ...first, kind: "action_void" })), "rejected op_id_reused");
  });

  test("a payload is canonical, bounded and without NUL", async () => {
    const raw = (id: string, payload: string) => ({ ...op("Mike", "rows", id, {}), payload, payload_hash: sha(payload) });
    const deep = `${'{"a":'.repeat(500)}1${"}".repeat(500)}`;
    const results = await push(mike, [
      raw("X1", '{"b":1,"a":2}'), raw("X2", '{"a": 1}'), raw("X3", '{"a":1.5}'), raw("X4", '{"a":1,"a":2}'), raw("X5", "not json"),
      raw("X6", '{"a":"\\u0000"}'), raw("X7", '{"a":"\\ud800"}'), raw("X8", deep), raw("X9", "[]"), raw("X10", '{"a":9007199254740993}'),
    ]);
    assert.deepEqual(results.map(said), results.map(() => "rejected bad_payload"));
    const astral = stagedBy("X12", { shown: { "\ue000": 1, "😀": "\u007f\u2028ü", a: { "10": 1, "9": 2 } } });
    assert.equal(said(await pushOne(mike, astral)), "applied", "keys are sorted by code point, as a device does");
    const huge = canonical({ text: "x".repeat(1_500_000) });
    assert.equal(said(await pushOne(mike, raw("X11", huge))), "rejected too_large");
  });

  test("a payload of the largest size is stored and fed", async () => {
    const shown = { text: "\\\"ü".repeat(145_000) };
    const staged = stagedBy("Y1", { shown });
    assert.ok(Buffer.byteLength(staged.payload) > 1_400_000 && Buffer.byteLength(staged.payload) < 1_500_000, String(Buffer.byteLength(staged.payload)));
    assert.equal(said(await pushOne(mike, staged)), "applied");
    const [{ size }] = await rowsOf(central, "SELECT octet_length(row) AS size FROM changes WHERE key = '[\"Y1\"]'");
    assert.ok(size < 2_000_000, `D1 takes rows of 2,000,000 bytes; this is ${size}`);
  });
});

test("when the database fails, every operation is sent again and none is lost or refused", async () => {
  const central = await startCentral();
  try {
    await central.user("Mike", "approver");
    const mike = await central.enrolled("Mike");
    const ops = ["F1", "F2"].map((id) => actionOp("Mike", { id }));
    await central.db.exec("ALTER TABLE receipts RENAME TO receipts_gone");
    assert.deepEqual((await push(mike, ops)).map(said), ["retry unavailable", "retry unavailable"]);
    await central.db.exec("ALTER TABLE receipts_gone RENAME TO receipts");
    assert.deepEqual((await push(mike, ops)).map(said), ["applied", "applied"]);
  } finally {
    await central.stop();
  }
});

/** A body that is refused unread may meet a closed connection before its answer is read: then it is sent again. */
async function toTheAnswer(send: () => Promise<Response>): Promise<Response> {
  for (let left = 5; ; left -= 1) {
    try {
      return await send();
    } catch (error) {
      if (left === 0 || !(error instanceof TypeError)) throw error;
    }
  }
}

describe("the envelope", () => {
  let central: Central;
  let mike: Device;
  before(async () => {
    central = await startCentral();
    await central.user("Mike", "approver");
    mike = await central.enrolled("Mike");
  });
  after(() => central.stop());

  test("that is broken is refused as a whole, with words", async () => {
    const good = actionOp("Mike", { id: "E1" });
    const bodies: [unknown, number][] = [
      [{}, 422], [{ ops: [] }, 422], [{ ops: {} }, 422], [{ ops: Array(101).fill(good) }, 422], [{ ops: [null] }, 422],
      [{ ops: [{ ...good, op_id: "../x" }] }, 422], [{ ops: [{ ...good, op_id: "x".repeat(65) }] }, 422],
      [{ ops: [{ ...good, payload: {} }] }, 422], [{ ops: [{ ...good, payload_hash: "zz" }] }, 422],
      [{ ops: [{ ...good, created_at: "yesterday" }] }, 422], [{ ops: [{ ...good, aggregate: "a\u0000b" }] }, 422],
      [[], 400],
    ];
    for (const [body, status] of bodies) {
      const answer = await mike.post("/v1/push", body);
      assert.equal(answer.status, status, JSON.stringify(body).slice(0, 120));
      const { error } = (await answer.json()) as any;
      assert.ok(error.code && error.message && error.hint);
      assert.ok(answer.headers.get("FieldQuote-Central"));
    }
    const raw = (body: string, type = "application/json") => mike.fetch("/v1/push", { method: "POST", headers: { "Content-Type": type }, body });
    assert.equal((await raw("{")).status, 400);
    assert.equal((await raw("{}", "text/plain")).status, 415);
    assert.equal((await toTheAnswer(() => raw(`{"ops":"${"x".repeat(4 * 1024 * 1024)}"}`))).status, 413);
    assert.equal(await count(central, "receipts"), 0);
  });

  test("takes 100 operations at once", async () => {
    const ops = Array.from({ length: 100 }, (_, at) => actionOp("Mike", { id: `H${at}` }));
    assert.deepEqual(new Set((await push(mike, ops)).map(said)), new Set(["applied"]));
  });

  test("tells a chain of operations of one push in its order: staged, decided, staged again under the same key", async () => {
    const decider = new Decider(mike);
    const first = actionOp("Mike", { id: "K1", key: "same" });
    const second = actionOp("Mike", { id: "K2", key: "same", after: "K1.decided" });
    const third = actionOp("Mike", { id: "K3", key: "same" });
    const results = await push(mike, [first, decider.decide(first), second, third]);
    assert.deepEqual(results.map(said), ["applied", "applied", "applied", "conflict overtaken"]);
    assert.deepEqual(results[3]?.result.standing.action_id, "K2");
  });
});

describe("drafts", () => {
  let central: Central;
  let dana: Device;
  let ben: Device;
  before(async () => {
    central = await startCentral();
    await central.reference([
      { table: "customers", row: customerRow("C1", "East") },
      { table: "customers", row: customerRow("C2", "West") },
    ]);
    await central.user("Dana", "rep", "East");
    await central.user("Ben", "rep", "West");
    dana = await central.enrolled("Dana");
    ben = await central.enrolled("Ben");
  });
  after(() => central.stop());

  const piece = (by: string, draft: string, bytes: string, customer: string | null, author = by): Op => {
    const checksum = sha(Buffer.concat([Buffer.from(`${draft}\nchanges\nh1 h2\n`), Buffer.from(bytes, "hex")]));
    return op(by, "draft_chunk", sha(`draft.${checksum}.${by}`), {
      draft_id: draft, head: { customer_id: customer, drafted_by: author, created_at: NOW, school_year: "2026-2027" },
      chunk: { draft_id: draft, kind: "changes", heads: ["h1", "h2"], bytes, checksum },
    });
  };

  test("a piece is kept once, whoever sends it, and follows its draft's customer", async () => {
    assert.equal(said(await pushOne(dana, piece("Dana", "D1", "00ff", null))), "applied");
    assert.deepEqual((await ben.pull()).entries.filter((entry) => entry.table === "draft_chunks"), []);
    assert.equal(said(await pushOne(dana, piece("Dana", "D1", "01", "C1"))), "applied");
    assert.equal(said(await pushOne(dana, piece("Dana", "D1", "02", null))), "applied");
    assert.deepEqual(
      await rowsOf(central, "SELECT bytes, customer_id, drafted_by FROM draft_chunks WHERE draft_id = 'D1' ORDER BY bytes"),
      ["00ff", "01", "02"].map((bytes) => ({ bytes, customer_id: "C1", drafted_by: "Dana" })),
    );
  });

  test("each piece says which quote its draft is to take the place of, also one that came before that was known", async () => {
    const of = (bytes: string, quote: unknown) => altered(piece("Dana", "DR", bytes, "C1"), (payload) => (payload.head.revision_of = quote));
    const start = await dana.pullAll();
    assert.deepEqual((await push(dana, [piece("Dana", "DR", "01", "C1"), of("02", "Q-OLD"), of("03", null)])).map(said), ["applied", "applied", "applied"]);
    const { entries } = await dana.pullAll(start.cursor);
    assert.deepEqual(
      entries.filter((entry) => entry.table === "draft_chunks").map(({ row }) => [row?.bytes, row?.revision_of]).sort(),
      [["01", "Q-OLD"], ["02", "Q-OLD"], ["03", "Q-OLD"]],
    );
    assert.equal(said(await pushOne(dana, of("04", "../x"))), "rejected bad_payload");
  });

  test("a damaged piece is refused", async () => {
    const whole = piece("Dana", "D2", "0a0b", null);
    assert.equal(said(await pushOne(dana, altered(whole, (payload) => (payload.chunk.bytes = "0a0c")))), "rejected damaged");
    assert.equal(await count(central, "drafts", "id = 'D2'"), 0);
  });

  test("a rep writes neither into another territory's draft nor for its customer", async () => {
    await pushOne(dana, piece("Dana", "D3", "01", "C1"));
    assert.equal(said(await pushOne(ben, piece("Ben", "D3", "02", null))), "rejected not_yours");
    assert.equal(said(await pushOne(ben, piece("Ben", "D4", "02", "C1"))), "rejected not_yours");
    assert.equal(said(await pushOne(ben, actionOp("Ben", { id: "TA", customer: "C1" }))), "rejected not_yours");
    assert.equal(said(await pushOne(ben, actionOp("Ben", { id: "TB", customer: "C2" }))), "applied");
  });
});
