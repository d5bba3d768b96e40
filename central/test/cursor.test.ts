/** A cursor is good for one database and one view of it; any other is gone, and the device begins anew. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, type Device, startCentral } from "./support/central.ts";
import { customer } from "./support/rows.ts";

let central: Central;
let dana: Device;
before(async () => {
  central = await startCentral();
  await central.user("Dana", "rep", "Dana W");
  dana = await central.enrolled("Dana");
  await central.reference([customer("C1", "Dana W"), customer("C2", "Gwen T")]);
});
after(() => central.stop());

async function code(cursor: string): Promise<[number, string]> {
  const answer = await dana.fetch(`/v1/pull?cursor=${cursor}`);
  return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
}

test("a cursor of another database, of another view or ahead of the feed is gone", async () => {
  const { feed, head } = await dana.pullAll();
  const [epoch = "", view = ""] = feed.split(".");
  assert.deepEqual(await code(`ffff.${view}.1`), [410, "cursor_gone"]);
  assert.deepEqual(await code(`${epoch}.ffff.1`), [410, "cursor_gone"]);
  assert.deepEqual(await code(`${feed}.${head + 1}`), [410, "cursor_gone"]);
});

test("what is no cursor is refused", async () => {
  for (const cursor of ["1", "a.b", "a.b.-1", "a.b.01", "a.b.1.2", "a.b.1e3"]) {
    assert.deepEqual(await code(cursor), [400, "bad_request"], cursor);
  }
});

test("a user with another territory or role sees the feed anew, one who only keeps theirs goes on", async () => {
  const start = await dana.pullAll();
  await central.user("Dana", "rep", "Dana W");
  assert.deepEqual((await dana.pull(start.cursor)).entries, []);

  await central.user("Dana", "rep", "Gwen T");
  assert.deepEqual(await code(start.cursor), [410, "cursor_gone"]);
  const anew = await dana.pullAll();
  assert.deepEqual(anew.entries.map((entry) => entry.key[0]), ["C2"]);

  await central.user("Dana", "approver", "Gwen T");
  assert.deepEqual(await code(anew.cursor), [410, "cursor_gone"]);
  assert.equal((await dana.pullAll()).entries.length, 2);
});

test("a database put back from a backup and given another epoch is known by every answer", async () => {
  const start = await dana.pullAll();
  await central.db.prepare("UPDATE meta SET value = 'putback' WHERE name = 'epoch'").run();
  assert.deepEqual(await code(start.cursor), [410, "cursor_gone"]);
  const answer = await dana.fetch("/v1/pull");
  assert.equal(answer.headers.get("FieldQuote-Central"), "putback");
  await answer.body?.cancel();
});
