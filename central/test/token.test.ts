/** A device's token lives a while, is renewed by the device's own signature, and ends when the device is revoked. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { type Central, Device, sha256, startCentral } from "./support/central.ts";

const KIND = "application/vnd.fieldquote.token+json";

let central: Central;
before(async () => {
  central = await startCentral({ vars: { TOKEN_DAYS: "3" } });
  await central.user("Dana", "rep", "Dana W");
});
after(() => central.stop());

async function rotate(device: Device, token: string, signer: Device = device): Promise<Response> {
  const body = { device_id: device.id, token_hash: sha256(token) };
  const signature = signer.sign(KIND, JSON.stringify(body));
  return central.fetch("/v1/devices/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, signature }),
  });
}
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as any).error.code];
const draw = () => randomBytes(32).toString("hex");

test("a token that has expired is renewed with the device's key, and the new one is good", async () => {
  const device = await central.enrolled("Dana");
  await central.db.prepare("UPDATE sign_ins SET expires_at = '2020-01-01T00:00:00.000Z' WHERE device_id = ?1").bind(device.id).run();
  assert.deepEqual(await codeOf(await device.fetch("/v1/me")), [401, "token_expired"]);

  const old = device.token;
  device.token = draw();
  const answer = await rotate(device, device.token);
  const { token_expires_at } = (await answer.json()) as { token_expires_at: string };
  assert.equal(answer.status, 200);
  const days = (Date.parse(token_expires_at) - Date.now()) / 86_400_000;
  assert.ok(days > 2.9 && days <= 3);
  assert.equal((await device.fetch("/v1/me")).status, 200);
  device.token = old;
  assert.deepEqual(await codeOf(await device.fetch("/v1/me")), [401, "token_unknown"]);
});

test("the same request again, its answer lost, gives the same end and no longer life", async () => {
  const device = await central.enrolled("Dana");
  const token = draw();
  const first = await (await rotate(device, token)).json();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(await (await rotate(device, token)).json(), first);
  const twins = draw();
  const answers = await Promise.all([rotate(device, twins), rotate(device, twins), rotate(device, twins)]);
  const ends = new Set(await Promise.all(answers.map(async (answer) => ((await answer.json()) as any).token_expires_at)));
  assert.equal(ends.size, 1);
});

test("no token is taken twice: not the device's own old one, not another device's", async () => {
  const [device, other] = [await central.enrolled("Dana"), await central.enrolled("Dana")];
  const first = device.token;
  await rotate(device, draw());
  assert.deepEqual(await codeOf(await rotate(device, first)), [409, "token_reused"]);
  assert.deepEqual(await codeOf(await rotate(device, other.token)), [409, "token_reused"]);
});

test("nobody renews a token without the device's key", async () => {
  const [device, other] = [await central.enrolled("Dana"), await central.enrolled("Dana")];
  assert.deepEqual(await codeOf(await rotate(device, draw(), other)), [401, "token_unknown"]);
  const body = { device_id: device.id, token_hash: sha256(draw()) };
  const ofAnotherKind = device.sign("application/vnd.fieldquote.decision+json", JSON.stringify(body));
  const answer = await central.fetch("/v1/devices/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, signature: ofAnotherKind }),
  });
  assert.deepEqual(await codeOf(answer), [401, "token_unknown"]);
});

test("a revoked device may nothing, until a new code says that it is trusted again", async () => {
  const device = new Device(central, "Dana");
  const used = await central.code("Dana");
  assert.equal((await device.enrol(used)).status, 200);
  await central.admin("POST", `/v1/admin/devices/${device.id}/revoke`);
  assert.deepEqual(await codeOf(await device.fetch("/v1/me")), [401, "device_revoked"]);
  assert.deepEqual(await codeOf(await rotate(device, draw())), [401, "device_revoked"]);
  assert.deepEqual(await codeOf(await device.enrol(used)), [401, "device_revoked"], "the code it has used up is no new word");
  const stolen = device.token;
  device.token = draw();
  assert.equal((await device.enrol(await central.code("Dana"))).status, 200);
  assert.equal((await device.fetch("/v1/me")).status, 200);
  device.token = stolen;
  assert.deepEqual(await codeOf(await device.fetch("/v1/me")), [401, "token_unknown"]);
});

test("devices of a user who is not active any more may nothing until the user is active again", async () => {
  await central.user("Ann", "rep", "Ann B");
  const device = await central.enrolled("Ann");
  await central.admin("POST", "/v1/admin/users", { name: "Ann", role: "rep", sales_rep: "Ann B", active: false });
  assert.deepEqual(await codeOf(await device.fetch("/v1/me")), [401, "user_inactive"]);
  assert.deepEqual(await codeOf(await rotate(device, draw())), [401, "user_inactive"]);
  await central.user("Ann", "rep", "Ann B");
  assert.equal((await device.fetch("/v1/me")).status, 200);
});

test("a device too old to be understood is told so before anything else", async () => {
  const strict = await startCentral({ vars: { MIN_DEVICE_VERSION: "1.10.0" } });
  try {
    await strict.user("Dana", "rep");
    const device = await strict.enrolled("Dana");
    const status = async (version: string) => (await device.fetch("/v1/me", { headers: { "FieldQuote-Device-Version": version } })).status;
    assert.equal(await status("1.9.9"), 426);
    assert.equal(await status("1.10.0-beta.1"), 426);
    assert.equal(await status("1.10.0"), 200);
    assert.equal(await status("2.0.0"), 200);
  } finally {
    await strict.stop();
  }
});
