/**
 * Runs the central on this machine: for trying it out, and for tests of whole devices against it. Owns its
 * arguments, what it says when it is ready, and that nothing of it is left running.
 *
 *   node dev/serve.mjs --port N|0 --state DIR [--seed FILE.ndjson] [--admin-token T] [--json] [--with-parent]
 *                      [--netsuite URL --netsuite-key FILE.pem] [--mail URL --mail-key KEY]
 */

import { randomBytes } from "node:crypto";
import { createReadStream, mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { bundleWorker } from "./build.mjs";
import { dieTogether } from "./leash.mjs";
import { startLocal } from "./local.mjs";

const { values: given } = parseArgs({
  options: {
    port: { type: "string", default: "8787" },
    state: { type: "string" },
    seed: { type: "string" },
    "admin-token": { type: "string", default: randomBytes(24).toString("hex") },
    json: { type: "boolean", default: false },
    "with-parent": { type: "boolean", default: false },
    netsuite: { type: "string" },
    "netsuite-key": { type: "string" },
    mail: { type: "string" },
    "mail-key": { type: "string" },
  },
});
const ADMIN_TOKEN = given["admin-token"];
/** Who uses a central made for trying it out. */
const USERS = [
  { name: "Dana Whitlock", role: "rep", sales_rep: "Dana Whitlock" },
  { name: "Mike", role: "approver", sales_rep: null },
];
/** What the runtime does by itself once it is deployed. */
const MINUTE_MS = 60_000;

if (given.state === undefined) stop("--state DIR is needed: where the database, the files and the queues are kept.");
const state = resolve(given.state);
mkdirSync(state, { recursive: true });

/** @type {(() => Promise<void>)[]} what to undo at the end, the last first */
const undo = [];
let ending = false;
async function end() {
  if (ending) return;
  ending = true;
  for (const step of undo.reverse()) await step();
  process.exit(0);
}
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"];
for (const signal of SIGNALS) process.on(signal, end);
if (given["with-parent"]) process.stdin.on("end", end).on("close", end).resume();

await bundleWorker();
const { runtime, url } = await startLocal({
  state,
  port: Number(given.port),
  onLog: (line) => console.error(line),
  vars: {
    ADMIN_TOKEN,
    ...(given.netsuite === undefined ? {} : netsuite(given.netsuite, given["netsuite-key"])),
    ...(given.mail === undefined
      ? {}
      : { MAIL_BASE_URL: given.mail, MAIL_API_KEY: given["mail-key"] ?? "", MAIL_FROM: "quotes@fieldquote.example" }),
  },
});
undo.push(() => runtime.dispose());
// The runtime listens to signals too, and would end this process before it is at its own end.
for (const signal of SIGNALS) process.removeAllListeners(signal).on(signal, end);
const leash = dieTogether();
undo.push(async () => void leash.loosen());

const worker = await runtime.getWorker();
const tick = () =>
  worker.scheduled({ cron: "* * * * *", scheduledTime: new Date() }).catch((/** @type {Error} */ error) => {
    if (!ending) console.error(`the clock's work failed: ${error.message}`);
  });
// At once too: what a queue held when this was last stopped is sent again.
const clock = setInterval(tick, MINUTE_MS);
undo.push(async () => clearInterval(clock));
void tick();

if (given.seed !== undefined) await seed(given.seed);
/** @type {Record<string, string>} */
const codes = {};
for (const user of USERS) {
  await admin("/v1/admin/users", JSON.stringify(user));
  codes[user.name] = (await admin("/v1/admin/codes", JSON.stringify({ user_name: user.name, hours: 24 }))).code;
}
console.log(given.json ? JSON.stringify({ url, admin_token: ADMIN_TOKEN, codes }) : told());

function told() {
  const lines = [`The central runs at ${url} and keeps its state in ${state}.`, "", "Connect a device with a code, good once and for a day:"];
  for (const [name, code] of Object.entries(codes)) lines.push(`  ${name.padEnd(16)} ${code}`);
  return [...lines, "", `The admin token: ${ADMIN_TOKEN}`, "Stop it with Ctrl-C."].join("\n");
}

/**
 * Reference data, once: into a database without customers.
 * @param {string} file
 */
async function seed(file) {
  const db = await runtime.getD1Database("DB");
  const there = await db.prepare("SELECT 1 FROM customers LIMIT 1").first();
  if (there !== null) return;
  const told = await admin("/v1/admin/reference", Readable.toWeb(createReadStream(file)), "application/x-ndjson");
  console.error(`${told.applied} rows of reference data from ${file}.`);
}

/**
 * @param {string} path
 * @param {any} body
 */
async function admin(path, body, type = "application/json") {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, "Content-Type": type },
    body,
    // Node needs it for a body that is a stream.
    duplex: "half",
  });
  const told = /** @type {any} */ (await answer.json());
  if (!answer.ok) stop(`${path}: ${told.error.message} ${told.error.hint}`);
  return told;
}

/**
 * @param {string} base
 * @param {string | undefined} key
 */
function netsuite(base, key) {
  if (key === undefined) stop("--netsuite needs --netsuite-key FILE.pem.");
  return {
    NETSUITE_ACCOUNT: "LOCAL",
    NETSUITE_BASE_URL: base,
    NETSUITE_CLIENT_ID: "local-client",
    NETSUITE_CERTIFICATE_ID: "local-certificate",
    NETSUITE_PRIVATE_KEY: readFileSync(key, "utf8"),
  };
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(message);
  process.exit(2);
}
