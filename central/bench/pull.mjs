/**
 * How fast a first sync comes down: seeds prices, pulls all of them with gzip as a device does, and sets beside it
 * what the database alone gives for the same text, the floor. Arguments: rows (200000).
 */

import { randomBytes } from "node:crypto";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleWorker } from "../dev/build.mjs";
import { startLocal } from "../dev/local.mjs";

const ROWS = Number(process.argv[2] ?? 200_000);
const CUSTOMERS = 500;
const TERRITORIES = 20;
const ADMIN_TOKEN = "bench";
const state = mkdtempSync(join(tmpdir(), "fieldquote-bench-"));

await bundleWorker();
const { runtime, url } = await startLocal({ vars: { ADMIN_TOKEN }, state });
try {
  const db = await runtime.getD1Database("DB");
  const seeding = await timed(() => post("/v1/admin/reference", rows().join("\n"), "application/x-ndjson"));
  report("seeded through /v1/admin/reference", ROWS, seeding);
  report("sent again, unchanged", ROWS, await timed(() => post("/v1/admin/reference", rows().join("\n"), "application/x-ndjson")));

  const floor = await timed(async () => {
    for (let after = 0; after < ROWS * 2; after += 5000) {
      await db.prepare("SELECT row FROM changes WHERE seq > ?1 AND seq <= ?1 + 5000").bind(after).raw();
    }
  });
  report("floor: SELECT of the same rows, no Worker", ROWS, floor);

  const approver = await enrolled("Approver", "approver", null);
  report("pulled by an approver, all, gzip", ROWS, await pull(approver, ROWS, ["--compressed"]));
  report("pulled by an approver, all, plain", ROWS, await pull(approver, ROWS, ["-H", "Accept-Encoding: identity"]));
  const rep = await enrolled("Rep", "rep", "Rep 7");
  report("pulled by a rep, a twentieth, gzip", ROWS / TERRITORIES, await pull(rep, ROWS / TERRITORIES, ["--compressed"]));
} finally {
  await runtime.dispose();
  rmSync(state, { recursive: true, force: true });
}

function rows() {
  const lines = [];
  for (let n = 0; n < CUSTOMERS; n += 1) {
    lines.push(
      JSON.stringify({
        table: "customers",
        row: {
          id: `C${n}`, name: `District ${n}`, customer_type: "district", entitystatus: "active",
          sales_rep: `Rep ${n % TERRITORIES}`, updated_at: "2026-11-01T00:00:00.000Z",
        },
      }),
    );
  }
  for (let n = 0; n < ROWS; n += 1) {
    lines.push(
      JSON.stringify({
        table: "pricing_master",
        row: {
          customer_id: `C${n % CUSTOMERS}`, item_code: `${10000 + Math.floor(n / CUSTOMERS)}`, school_year: "2026-2027",
          case_price: `${20 + (n % 80)}.${1000 + (n % 9000)}`, cost_basis: `${15 + (n % 60)}.2500`, margin_pct: "22.5000",
          effective_from: "2026-07-01", effective_to: "2027-06-30", updated_at: "2026-11-01T00:00:00.000Z",
        },
      }),
    );
  }
  return lines;
}

/**
 * The token of a device of a user.
 * @param {string} name
 * @param {string} role
 * @param {string | null} territory
 */
async function enrolled(name, role, territory) {
  await post("/v1/admin/users", JSON.stringify({ name, role, sales_rep: territory }));
  const { code } = /** @type {any} */ (await (await post("/v1/admin/codes", JSON.stringify({ user_name: name, hours: 1 }))).json());
  const token = randomBytes(32).toString("hex");
  await post(
    "/v1/devices/enroll",
    JSON.stringify({
      code, token_hash: createHash("sha256").update(token).digest("hex"), device_tag: role === "rep" ? "BENCH0" : "BENCH1",
      public_key: randomBytes(32).toString("hex"), device_name: "bench", user_name: null,
    }),
  );
  return token;
}

/**
 * The seconds a whole pull takes.
 * @param {string} token
 * @param {number} atLeast
 * @param {string[]} encoding
 */
async function pull(token, atLeast, encoding) {
  let entries = 0;
  const seconds = await timed(async () => {
    for (let cursor = ""; ; ) {
      const text = execFileSync(
        "curl",
        ["-sS", "--fail", ...encoding, "-H", `Authorization: Bearer ${token}`, `${url}/v1/pull?cursor=${cursor}`],
        { encoding: "utf8", maxBuffer: 1 << 30 },
      );
      const end = text.lastIndexOf("\n", text.length - 2);
      const last = JSON.parse(text.slice(end + 1));
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) entries += 1;
      entries -= 1;
      cursor = last.cursor;
      if (!last.more) return;
    }
  });
  if (entries < atLeast) throw new Error(`${entries} entries of ${atLeast} came`);
  return seconds;
}

/**
 * @param {string} path
 * @param {string} body
 */
async function post(path, body, type = "application/json") {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, "Content-Type": type },
    body,
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/**
 * @param {string} what
 * @param {number} count
 * @param {number} seconds
 */
function report(what, count, seconds) {
  console.log(`${what.padEnd(44)} ${seconds.toFixed(2).padStart(7)} s ${Math.round(count / seconds).toLocaleString("en").padStart(10)} rows/s`);
}
