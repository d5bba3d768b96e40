/** Every answer says which central it is from, whatever the answer. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Central, startCentral } from "./support/central.ts";

let central: Central;
before(async () => void (central = await startCentral()));
after(() => central.stop());

test("the central is there when its database answers", async () => {
  const answer = await central.fetch("/v1/health");
  assert.equal(answer.status, 200);
  const told = (await answer.json()) as { ok: boolean; epoch: string };
  assert.equal(told.ok, true);
  assert.equal(answer.headers.get("FieldQuote-Central"), told.epoch);
});

test("an answer that refuses is the central's too", async () => {
  const { epoch } = (await (await central.fetch("/v1/health")).json()) as { epoch: string };
  const refusals: [string, RequestInit, number, string][] = [
    ["/nowhere", {}, 404, "not_found"],
    ["/v1/health", { method: "POST" }, 405, "method_not_allowed"],
    ["/v1/me", {}, 401, "token_missing"],
    ["/v1/me", { headers: { Authorization: "Bearer 00" } }, 401, "token_unknown"],
    ["/v1/pull", {}, 401, "token_missing"],
    ["/v1/admin/devices", { headers: { Authorization: "Bearer wrong" } }, 403, "not_allowed"],
    ["/v1/devices/enroll", { method: "POST", body: "{}", headers: { "Content-Type": "text/plain" } }, 415, "unsupported_media_type"],
    ["/v1/devices/enroll", { method: "POST", body: "{", headers: { "Content-Type": "application/json" } }, 400, "bad_request"],
  ];
  for (const [path, init, status, code] of refusals) {
    const answer = await central.fetch(path, init);
    const told = (await answer.json()) as { error: { code: string; message: string; hint: string } };
    assert.equal(answer.status, status, path);
    assert.equal(told.error.code, code, path);
    assert.ok(told.error.message.length > 0 && told.error.hint.length > 0, path);
    assert.equal(answer.headers.get("FieldQuote-Central"), epoch, path);
    assert.match(answer.headers.get("FieldQuote-Time") ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, path);
  }
});

test("a database that does not answer is told as such, and the answer is still the central's", async () => {
  const broken = await startCentral();
  try {
    const { epoch } = (await (await broken.fetch("/v1/health")).json()) as { epoch: string };
    await broken.db.prepare("DROP TABLE meta").run();
    const answer = await broken.fetch("/v1/health");
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get("FieldQuote-Central"), epoch);
    assert.ok(Number(answer.headers.get("Retry-After")) > 0);
  } finally {
    await broken.stop();
  }
});
