/** The central on a person's machine keeps what it has, says how to connect, and leaves nothing running behind. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { customer, item } from "./support/rows.ts";

const SERVE = join(import.meta.dirname, "../../dev/serve.mjs");
let folder: string;
before(() => void (folder = mkdtempSync(join(tmpdir(), "fieldquote-serve-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Served {
  process: ChildProcess;
  url: string;
  admin_token: string;
  codes: Record<string, string>;
}

async function serve(...more: string[]): Promise<Served> {
  const process_ = spawn(process.execPath, [SERVE, "--port", "0", "--state", join(folder, "state"), "--json", ...more], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  assert.ok(process_.stdout !== null);
  for await (const line of createInterface({ input: process_.stdout })) return { process: process_, ...JSON.parse(line) };
  throw new Error("it ended before it was ready");
}

/** The runtimes a process has started. */
function runtimes(of: ChildProcess): number[] {
  const ids = readFileSync(`/proc/${of.pid}/task/${of.pid}/children`, "utf8").trim().split(" ").map(Number);
  return ids.filter((id) => readFileSync(`/proc/${id}/cmdline`, "utf8").includes("workerd"));
}

/** Whether a process is still there; what has ended and was not waited for is not. */
const runs = (id: number) => existsSync(`/proc/${id}/stat`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, "utf8"));

async function gone(ids: number[]): Promise<void> {
  for (let n = 0; n < 100 && ids.some(runs); n += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(ids.filter(runs), []);
}

async function customers(served: Served): Promise<string> {
  const answer = await fetch(`${served.url}/v1/admin/reference`, {
    method: "POST",
    headers: { Authorization: `Bearer ${served.admin_token}`, "Content-Type": "application/x-ndjson" },
    body: JSON.stringify(customer("C1", "Dana Whitlock")),
  });
  return JSON.stringify(await answer.json());
}

test("it is seeded once, prints a code a user, and has everything again after it was stopped", { timeout: 60_000 }, async () => {
  const seed = join(folder, "seed.ndjson");
  writeFileSync(seed, [customer("C1", "Dana Whitlock"), item("10412")].map((line) => JSON.stringify(line)).join("\n"));
  const first = await serve("--seed", seed, "--admin-token", "secret");
  assert.equal(first.admin_token, "secret");
  assert.deepEqual(Object.keys(first.codes), ["Dana Whitlock", "Mike"]);
  assert.equal(await customers(first), '{"applied":0,"unchanged":1}');
  const { epoch } = (await (await fetch(`${first.url}/v1/health`)).json()) as { epoch: string };
  const ids = runtimes(first.process);
  assert.equal(ids.length, 1);
  first.process.kill("SIGTERM");
  assert.deepEqual(await once(first.process, "exit"), [0, null]);
  await gone(ids);

  writeFileSync(seed, JSON.stringify(customer("C1", "Gwen Tolliver")));
  const second = await serve("--seed", seed);
  assert.equal(await customers(second), '{"applied":0,"unchanged":1}', "a seed never writes over what is there");
  assert.equal(((await (await fetch(`${second.url}/v1/health`)).json()) as { epoch: string }).epoch, epoch);
  second.process.kill("SIGTERM");
  await once(second.process, "exit");
});

test("it ends with who started it", { timeout: 60_000 }, async () => {
  const served = await serve("--with-parent");
  const ids = runtimes(served.process);
  served.process.stdin?.end();
  assert.deepEqual(await once(served.process, "exit"), [0, null]);
  await gone(ids);
});

test("killed, it takes its runtime along", { timeout: 60_000 }, async () => {
  const served = await serve();
  const ids = runtimes(served.process);
  assert.equal(ids.length, 1);
  served.process.kill("SIGKILL");
  await once(served.process, "exit");
  await gone(ids);
});
