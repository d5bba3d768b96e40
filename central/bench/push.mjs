/**
 * How fast a device's backlog drains: the operations of real quotes, pushed 100 at a time, beside plain inserts
 * of the same payloads in batches of 100 on the same runtime and disk.
 *
 *   node bench/push.mjs [quotes]
 */

import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { ROOT, bundleWorker } from "../dev/build.mjs";
import { startLocal } from "../dev/local.mjs";

const QUOTES = Number(process.argv[2] ?? 334);
const OPS_A_PUSH = 100;
const ADMIN = "bench";

const sha256 = (/** @type {string | Uint8Array} */ content) => createHash("sha256").update(content).digest("hex");

/** @param {any} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const PUBLIC = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");
const KIND = "application/vnd.fieldquote.decision+json";
let seq = 0;
let last = sha256("fieldquote decisions");

/** The demo's operations, as another quote's: its ids are others, and everything that hangs on them is made anew. */
function* backlog() {
  const demo = readFileSync(join(ROOT, "test/fixtures/demo-outbox.json"), "utf8");
  const stamp = /01[0-9A-Z]{8}(?=[0-9A-Z]{16}\.staged)/.exec(demo)?.[0] ?? "";
  const number = /Q-\d{4}-[0-9A-Z]{6}-0001/.exec(demo)?.[0] ?? "";
  for (let nth = 1; nth <= QUOTES; nth += 1) {
    const text = demo
      .replaceAll(stamp, `01B${String(nth).padStart(7, "0")}`)
      .replaceAll(number, number.replace(/0001$/, String(nth).padStart(4, "0")));
    /** @type {Map<string, string>} */
    const hashes = new Map();
    for (const op of JSON.parse(text)) {
      if (op.kind === "http_call") continue;
      const payload = JSON.parse(op.payload);
      if (op.kind === "action") {
        payload.payload_hash = sha256(payload.payload);
        hashes.set(payload.id, payload.payload_hash);
      } else if (op.kind === "decision") {
        decide(payload, hashes);
      } else if (op.kind === "draft_chunk") {
        const { chunk } = payload;
        const head = Buffer.from(`${chunk.draft_id}\n${chunk.kind}\n${chunk.heads.join(" ")}\n`);
        chunk.checksum = sha256(Buffer.concat([head, Buffer.from(chunk.bytes, "hex")]));
        op.op_id = sha256(`draft.${chunk.checksum}`);
      }
      op.payload = canonical(payload);
      op.payload_hash = sha256(op.payload);
      op.created_by = "Mike";
      yield op;
    }
  }
}

/** @param {any} payload @param {Map<string, string>} hashes */
function decide(payload, hashes) {
  const record = JSON.parse(payload.record);
  payload.record = canonical({ ...record, payload_hash: hashes.get(record.action_id) });
  const head = `DSSEv1 ${KIND.length} ${KIND} ${Buffer.byteLength(payload.record)} `;
  payload.prev_hash = last;
  last = sha256(Buffer.concat([Buffer.from(last, "hex"), Buffer.from(sha256(payload.record), "hex")]));
  payload.hash = last;
  payload.seq = seq += 1;
  payload.public_key = PUBLIC;
  payload.signature = sign(null, Buffer.from(head + payload.record), privateKey).toString("hex");
}

/** @template T @param {T[]} list @param {number} size */
const chunks = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));

/** @param {string} url @param {any} body @param {Record<string, string>} headers */
async function post(url, body, headers = {}) {
  const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return /** @type {any} */ (await answer.json());
}

const state = mkdtempSync(join(tmpdir(), "fieldquote-bench-"));
const ops = [...backlog()];
const bytes = ops.reduce((sum, op) => sum + op.payload.length, 0);
console.log(`${ops.length} operations of ${QUOTES} quotes, ${(bytes / 1e6).toFixed(1)} MB of payloads`);
try {
  const raw = await plainInserts();
  const { first, again } = await pushes();
  console.log(`plain inserts   ${raw.toFixed(0)} rows/s in batches of ${OPS_A_PUSH}`);
  console.log(`push            ${first.toFixed(0)} ops/s applied (${((100 * first) / raw).toFixed(0)} % of plain inserts)`);
  console.log(`push, again     ${again.toFixed(0)} ops/s answered as duplicates`);
} finally {
  rmSync(state, { recursive: true, force: true });
}

/** What the runtime and the disk give when nothing is judged. */
async function plainInserts() {
  const runtime = new Miniflare({
    modules: true,
    script: `export default { async fetch(request, env) {
      const { ops } = await request.json();
      const put = env.DB.prepare("INSERT INTO plain (op_id, payload) VALUES (?1, ?2)");
      await env.DB.batch(ops.map((op) => put.bind(op.op_id, op.payload)));
      return Response.json({});
    } }`,
    d1Databases: { DB: "plain" },
    d1Persist: join(state, "plain"),
    cf: false,
  });
  try {
    const url = String(await runtime.ready);
    await (await runtime.getD1Database("DB")).exec("CREATE TABLE plain (op_id TEXT PRIMARY KEY, payload TEXT NOT NULL) STRICT");
    const begun = performance.now();
    for (const part of chunks(ops, OPS_A_PUSH)) await post(url, { ops: part });
    return (1000 * ops.length) / (performance.now() - begun);
  } finally {
    await runtime.dispose();
  }
}

async function pushes() {
  await bundleWorker();
  const { runtime, url } = await startLocal({ state: join(state, "central"), vars: { ADMIN_TOKEN: ADMIN }, onLog: () => undefined });
  try {
    const admin = { Authorization: `Bearer ${ADMIN}` };
    await post(`${url}/v1/admin/users`, { name: "Mike", role: "approver", sales_rep: null }, admin);
    const { code } = await post(`${url}/v1/admin/codes`, { user_name: "Mike", hours: 1 }, admin);
    const token = randomBytes(32).toString("hex");
    await post(`${url}/v1/devices/enroll`, {
      code, token_hash: sha256(token), device_tag: "7KPXD6", public_key: PUBLIC, device_name: "bench", user_name: null,
    });
    const drain = async (/** @type {string} */ wanted) => {
      const begun = performance.now();
      for (const part of chunks(ops, OPS_A_PUSH)) {
        const { results } = await post(`${url}/v1/push`, { ops: part }, { Authorization: `Bearer ${token}` });
        const other = results.find((/** @type {any} */ one) => one.outcome !== wanted);
        if (other !== undefined) throw new Error(JSON.stringify(other));
      }
      return (1000 * ops.length) / (performance.now() - begun);
    };
    return { first: await drain("applied"), again: await drain("duplicate") };
  } finally {
    await runtime.dispose();
  }
}
