/**
 * What the central tells a device about a quote, so that the device can prove what its run claims.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, type Device, sha256, startCentral } from "./support/central.ts";
import { demoOutbox, demoPdf, demoPeople, drainDemo } from "./support/push.ts";

let central: Central;
let dana: Device;
let mike: Device;
const quote: string = JSON.parse(demoOutbox().find((one) => one.kind === "action")?.payload ?? "{}").quote_id;

before(async () => {
  central = await startCentral();
  ({ dana, mike } = await demoPeople(central));
});
after(() => central.stop());

const evidence = async (device: Device, of = quote): Promise<any> => (await device.fetch(`/v1/verify/${of}`)).json();

test("of a quote that has not arrived nothing is known", async () => {
  assert.deepEqual(await evidence(mike), { quote_id: quote, quote: null, file: null, email: null, netsuite: null, runs: [] });
  assert.equal((await mike.fetch("/v1/verify/%20")).status, 404);
});

test("of one that has, everything the central did", async () => {
  await drainDemo(dana, mike);
  await central.db.batch([
    central.db.prepare("UPDATE ns_pushes SET state = 'pushed', attempts = 2, netsuite_id = '647', total = '16758.3200'"),
    central.db.prepare(
      `INSERT INTO outbound_email_log (id, related_quote_id, action_id, recipient, subject, provider_id, sent_at)
       VALUES ('m1', ?1, 'a', 'r', 's', 'p1', '2026-11-23T10:00:05.000Z')`,
    ).bind(quote),
  ]);
  for (const device of [mike, dana]) {
    const { runs, ...rest } = await evidence(device);
    assert.deepEqual(rest, {
      quote_id: quote,
      quote: { lifecycle_status: "approved" },
      file: { object: `quotes/${quote}.pdf`, sha256: sha256(demoPdf()), size: demoPdf().length },
      email: { id: "m1", sent_at: "2026-11-23T10:00:05.000Z", provider_id: "p1" },
      netsuite: { state: "pushed", attempts: 2, netsuite_id: "647", total: "16758.3200", last_error: null },
    });
    assert.deepEqual(runs.map((run: any) => run.checks), [[
      { check_id: "email_sent", status: "pending" }, { check_id: "pdf_stored", status: "pending" }, { check_id: "quote_persisted", status: "passed" },
    ]]);
  }
});

test("to another territory, nothing", async () => {
  await central.user("Ben", "rep", "West");
  const ben = await central.enrolled("Ben");
  assert.deepEqual(await evidence(ben), { quote_id: quote, quote: null, file: null, email: null, netsuite: null, runs: [] });
});
