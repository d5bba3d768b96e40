/**
 * Starts a central with a real device's outbox in it and lets schemathesis loose on it, once a role. Owns what
 * is there to be found and that nothing in the log says the Worker itself was at fault.
 */

import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ROOT, bundleWorker } from "../../dev/build.mjs";
import { startLocal } from "../../dev/local.mjs";

const ADMIN = randomBytes(24).toString("hex");
const EXAMPLES = process.env.FUZZ_EXAMPLES ?? "60";
const SEED = process.env.FUZZ_SEED ?? "20261123";
/** What the Worker says when it is at fault itself, and not who called it. */
const FAULTS = ['"at":"request"', '"at":"push.judge"', '"at":"push.look-up"', "Uncaught"];

const outbox = JSON.parse(readFileSync(join(ROOT, "test/fixtures/demo-outbox.json"), "utf8"));
const signed = JSON.parse(outbox.find((/** @type {any} */ op) => op.kind === "decision").payload);

await bundleWorker();
const state = mkdtempSync(join(tmpdir(), "fieldquote-fuzz-"));
/** @type {string[]} */
const faults = [];
const { runtime, url } = await startLocal({
  state,
  vars: { ADMIN_TOKEN: ADMIN },
  onLog: (line) => FAULTS.some((fault) => line.includes(fault)) && faults.push(line),
});
let failed = 0;
try {
  const { customer } = JSON.parse(JSON.parse(outbox.find((/** @type {any} */ op) => op.kind === "action").payload).payload).quote;
  await fetch(`${url}/v1/admin/reference`, {
    method: "POST",
    headers: { Authorization: `Bearer ${ADMIN}`, "Content-Type": "application/x-ndjson" },
    body: JSON.stringify({
      table: "customers",
      row: {
        id: customer.id, name: customer.name, customer_type: customer.customer_type, entitystatus: "active",
        sales_rep: customer.sales_rep, aliases: "", updated_at: "2026-11-23T10:00:00.000Z",
      },
    }),
  });
  const dana = await enrolled("Dana Ruiz", "rep", randomBytes(32).toString("hex"), "7KPXD6");
  const mike = await enrolled("Mike", "approver", signed.public_key, "M3H0RV");
  for (const op of outbox.filter((/** @type {any} */ one) => one.kind !== "http_call")) {
    const { results } = await post("/v1/push", { ops: [op] }, op.created_by === "Mike" ? mike : dana);
    if (results[0].outcome !== "applied") throw new Error(`${op.op_id}: ${results[0].message}`);
  }
  const pdf = outbox.find((/** @type {any} */ op) => op.kind === "http_call");
  const stored = await fetch(`${url}/api/quote/pdf`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${mike}`, "Content-Type": "application/pdf",
      "FieldQuote-Op": Buffer.from(JSON.stringify(pdf)).toString("base64url"),
    },
    body: readFileSync(join(ROOT, "test/fixtures/demo-quote.pdf")),
  });
  const { outcome, message } = /** @type {any} */ (await stored.json());
  if (outcome !== "applied") throw new Error(`the demo's document was not stored: ${message}`);
  failed += await fuzz("a device", mike, ["--exclude-tag", "admin", "--exclude-path", "/v1/live"]);
  failed += await fuzz("who runs the central", ADMIN, ["--include-tag", "admin"]);
} finally {
  await runtime.dispose();
  rmSync(state, { recursive: true, force: true });
}
for (const fault of faults.slice(0, 20)) console.error(`the Worker was at fault: ${fault}`);
process.exit(failed + faults.length > 0 ? 1 : 0);

/** @param {string} name @param {string} role @param {string} publicKey @param {string} tag */
async function enrolled(name, role, publicKey, tag) {
  await post("/v1/admin/users", { name, role, sales_rep: role === "rep" ? "Dana Whitlock" : null }, ADMIN);
  const { code } = await post("/v1/admin/codes", { user_name: name, hours: 1 }, ADMIN);
  const token = randomBytes(32).toString("hex");
  const hash = createHash("sha256").update(token).digest("hex");
  await post("/v1/devices/enroll", { code, token_hash: hash, device_tag: tag, public_key: publicKey, device_name: "fuzz" }, null);
  return token;
}

/** @param {string} path @param {any} body @param {string | null} token */
async function post(path, body, token) {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return /** @type {any} */ (await answer.json());
}

/** @param {string} as @param {string} token @param {string[]} only */
function fuzz(as, token, only) {
  console.log(`— as ${as}`);
  const run = spawn(
    resolve(String(process.argv[2])),
    [
      "--config-file", join(ROOT, "test/fuzz/schemathesis.toml"), "run", join(ROOT, "../contracts/central.openapi.yaml"),
      "--url", url, "--header", `Authorization: Bearer ${token}`, "--max-examples", EXAMPLES, "--seed", SEED, ...only,
    ],
    { stdio: "inherit", cwd: state, env: { ...process.env, SCHEMATHESIS_HOOKS: "hooks", PYTHONPATH: join(ROOT, "test/fuzz"), PYTHONDONTWRITEBYTECODE: "1" } },
  );
  return new Promise((done, fail) => run.on("error", fail).on("exit", (code) => done(code ?? 1)));
}
