/** A device becomes known by a one-time code, and only as its user's. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, Device, sha256, startCentral } from "./support/central.ts";

let central: Central;
before(async () => {
  central = await startCentral();
  await central.user("Dana", "rep", "Dana W");
  await central.user("Mike", "approver");
});
after(() => central.stop());

/** Each test comes from an address of its own, so that none uses up another's attempts. */
async function forget(): Promise<void> {
  await central.db.prepare("DELETE FROM code_attempts").run();
}

async function refused(answer: Response): Promise<[number, string, string]> {
  const { error } = (await answer.json()) as { error: { code: string; message: string } };
  return [answer.status, error.code, error.message];
}

test("a code makes a device its user's, and the device is signed in with the token it drew", async () => {
  const device = new Device(central, "Dana");
  const answer = await device.enrol(await central.code("Dana"), { user_name: "Dana" });
  const told = (await answer.json()) as any;
  assert.equal(answer.status, 200);
  assert.deepEqual({ ...told.user, id: "" }, { id: "", name: "Dana", role: "rep", sales_rep: "Dana W" });
  const me = (await (await device.fetch("/v1/me")).json()) as any;
  assert.deepEqual(me, { device_id: told.device_id, user: told.user, token_expires_at: told.token_expires_at, epoch: told.epoch });
  assert.ok(Date.parse(told.token_expires_at) - Date.now() > 29 * 86_400_000);
});

test("of codes and tokens the database has the hash alone", async () => {
  const device = new Device(central, "Dana");
  const code = await central.code("Dana");
  await device.enrol(code);
  const kept = JSON.stringify(
    await central.db.batch(["sign_ins", "devices", "enrolment_codes"].map((table) => central.db.prepare(`SELECT * FROM ${table}`))),
  );
  assert.ok(kept.includes(sha256(device.token)));
  assert.ok(!kept.includes(device.token));
  assert.ok(!kept.includes(code) && !kept.includes(code.replaceAll("-", "")));
});

test("a code is typed as it is heard: any case, no dashes, O for 0 and I or L for 1", async () => {
  const device = new Device(central, "Dana");
  const code = await central.code("Dana");
  const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
  assert.equal((await device.enrol(typed)).status, 200);
});

test("the same device may ask again when the answer was lost, also with a new token", async () => {
  const device = new Device(central, "Dana");
  const code = await central.code("Dana");
  const first = (await (await device.enrol(code)).json()) as any;
  const again = (await (await device.enrol(code)).json()) as any;
  assert.deepEqual(again, first);

  const old = device.token;
  device.token = "ab".repeat(32);
  const renewed = (await (await device.enrol(code)).json()) as any;
  assert.equal(renewed.device_id, first.device_id);
  assert.equal((await device.fetch("/v1/me")).status, 200);
  device.token = old;
  assert.equal((await device.fetch("/v1/me")).status, 401, "the token before it is not good any more");
});

test("a code that was used, has expired or never was is refused alike", async () => {
  const used = await central.code("Dana");
  await new Device(central, "Dana").enrol(used);
  const expired = await central.code("Dana");
  await central.db.prepare("UPDATE enrolment_codes SET expires_at = '2020-01-01T00:00:00.000Z' WHERE used_at IS NULL").run();
  for (const code of [used, expired, "0000-0000-00"]) {
    const [status, name] = await refused(await new Device(central, "Dana").enrol(code));
    assert.deepEqual([status, name], [403, "bad_code"]);
  }
  await forget();
});

test("a profile is never enrolled as another user's", async () => {
  const profile = await refused(await new Device(central, "Dana").enrol(await central.code("Mike"), { user_name: "Dana" }));
  assert.deepEqual(profile.slice(0, 2), [409, "other_user"]);
  assert.match(profile[2], /Dana/);

  const device = await central.enrolled("Dana");
  const key = await refused(await device.enrol(await central.code("Mike")));
  assert.deepEqual(key.slice(0, 2), [409, "other_user"]);
  assert.match(key[2], /Dana/);
});

test("two devices never have one tag, and a device keeps its own when it is enrolled again", async () => {
  const device = await central.enrolled("Dana");
  const other = new Device(central, "Mike");
  const code = await central.code("Mike");
  assert.deepEqual((await refused(await other.enrol(code, { device_tag: device.tag }))).slice(0, 2), [409, "tag_taken"]);
  assert.equal((await other.enrol(code)).status, 200, "the code is still good");
  const id = device.id;
  assert.equal((await device.enrol(await central.code("Dana"))).status, 200);
  assert.equal(device.id, id);
});

test("a token of another device is never taken", async () => {
  const device = await central.enrolled("Dana");
  const other = new Device(central, "Dana");
  other.token = device.token;
  assert.deepEqual((await refused(await other.enrol(await central.code("Dana")))).slice(0, 2), [409, "token_reused"]);
});

test("two devices with one code at the same time: one of them is enrolled", async () => {
  const code = await central.code("Dana");
  const devices = Array.from({ length: 4 }, () => new Device(central, "Dana"));
  const statuses = await Promise.all(devices.map(async (device) => (await device.enrol(code)).status));
  const enrolled = devices.filter((_, at) => statuses[at] === 200);
  assert.equal(enrolled.length, 1);
  for (const device of devices) {
    assert.equal((await device.fetch("/v1/me")).status, enrolled.includes(device) ? 200 : 401);
  }
  await forget();
});

test("nobody tries codes without end", async () => {
  let limited: Response | null = null;
  for (let n = 0; n < 12 && limited === null; n += 1) {
    const answer = await new Device(central, "Dana").enrol(`0000-0000-${String(n).padStart(2, "0")}`);
    if (answer.status === 429) limited = answer;
  }
  assert.ok(limited !== null);
  assert.ok(Number(limited.headers.get("Retry-After")) > 0);
  assert.equal((await new Device(central, "Dana").enrol(await central.code("Dana"))).status, 429);
  await forget();
  assert.equal((await new Device(central, "Dana").enrol(await central.code("Dana"))).status, 200);
});

test("fields that are missing or of another form are named", async () => {
  const wrong: [string, unknown][] = [
    ["token_hash", "short"], ["device_tag", "abc"], ["public_key", "AB".repeat(32)], ["device_name", ""], ["user_name", 5], ["code", null],
  ];
  for (const [field, value] of wrong) {
    const [status, code, message] = await refused(await new Device(central, "Dana").enrol("0000-0000-00", { [field]: value }));
    assert.deepEqual([status, code], [400, "bad_request"], field);
    assert.match(message, new RegExp(`\`${field}\``));
  }
});
