/** The whole way: what a device pushed of the demo is an estimate in NetSuite and an email with its document. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256, startCentral } from "./support/central.ts";
import { until } from "./support/outgoing.ts";
import { demoOutbox, demoPdf, demoPeople, drainDemo, rowsOf } from "./support/push.ts";
import { startStandIns } from "./support/standins.ts";

test("the demo's quote reaches NetSuite and its customer, and every device learns of it", async () => {
  const standins = await startStandIns();
  const central = await startCentral({ vars: standins.vars, batchTimeout: 0 });
  try {
    const { dana, mike } = await demoPeople(central);
    await drainDemo(dana, mike);
    const [push, email] = demoOutbox().filter((one) => one.kind === "queue");
    const { payload } = JSON.parse(push?.payload ?? "{}");
    await until(central, "NS_PUSH_QUEUE", push?.op_id ?? "", "pushed");
    await until(central, "MAIL_QUEUE", email?.op_id ?? "", "sent");

    const [estimate, ...others] = (await standins.netsuite.seen()).estimates;
    assert.deepEqual(others, []);
    assert.equal(estimate?.external_id, payload.quote.id);
    assert.equal(`${estimate?.total}00`, payload.quote.totals.total);
    assert.deepEqual(
      estimate?.lines.map((line) => [line.item, Number(line.quantity)]),
      payload.quote.lines.map((line: any) => [line.netsuite_id, line.quantity]),
    );
    const [message, ...more] = (await standins.mail.seen()).messages;
    assert.deepEqual(more, []);
    assert.deepEqual(message?.attachments, [
      { filename: `${payload.quote.id}.pdf`, size: demoPdf().length, sha256: sha256(demoPdf()) },
    ]);
    const fed = (await dana.pullAll()).entries;
    assert.equal(fed.find((one) => one.table === "quotes")?.row?.lifecycle_status, "sent");
    assert.equal(fed.filter((one) => one.table === "outbound_email_log").length, 1);
    assert.deepEqual(await rowsOf(central, "SELECT * FROM alerts"), []);
  } finally {
    await central.stop();
    standins.stop();
  }
});
