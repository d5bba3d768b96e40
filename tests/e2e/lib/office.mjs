/**
 * An office: a central on Cloudflare's own runtime, with NetSuite and the mail provider standing in.
 *
 * Owns starting them, taking the central off the network and putting it back, and its admin routes. Must not stand
 * in for the central.
 */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";

import { freePort, start, stop, until } from "./processes.mjs";
import { root } from "./window.mjs";

const bin = `${root}/target/debug`;
const ADMIN = "test-admin-token-0123456789abcdef";

/** The sample market as reference data of a central. */
function referenceIn(folder) {
  const file = `${folder}/reference.ndjson`;
  if (!existsSync(file)) {
    const env = { ...process.env, FIELDQUOTE_PASSPHRASE: "sample" };
    const run = (...args) => execFileSync(`${bin}/fieldquote`, ["--home", `${folder}/market`, ...args], { env });
    run("init", "--sample");
    run("export", "reference", file);
  }
  return file;
}

/** Open an office that keeps everything in `folder`. */
export async function openOffice(folder) {
  mkdirSync(folder, { recursive: true });
  const seed = referenceIn(folder);
  const standins = start(`${bin}/standins`, ["--key-out", `${folder}/netsuite.pem`]);
  const told = JSON.parse(await until("the stand-ins", () => standins.log.join("").match(/^\{.*\}$/m)?.[0]));
  const port = await freePort();
  const office = new Office({ folder, seed, told, standins, port });
  await office.plugIn();
  return office;
}

class Office {
  constructor(parts) {
    Object.assign(this, parts);
    this.url = `http://127.0.0.1:${this.port}`;
  }

  /** Put the central on the network, over what it had kept. */
  async plugIn() {
    const { netsuite, mail, key } = this.told;
    this.central = start(
      "node",
      [
        `${root}/central/dev/serve.mjs`,
        ...["--json", "--admin-token", ADMIN, "--port", String(this.port), "--state", `${this.folder}/central`],
        ...["--seed", this.seed, "--netsuite", netsuite.url, "--netsuite-key", key],
        ...["--mail", mail.url, "--mail-key", mail.api_key],
      ],
      { cwd: `${root}/central` },
    );
    const said = await until(
      "the central",
      () => {
        if (this.central.ended) throw new Error(this.central.log.join(""));
        return this.central.log.join("").match(/^\{.*"admin_token".*\}$/m)?.[0];
      },
      { within: 60_000 },
    );
    this.url = JSON.parse(said).url;
  }

  /** Take the central off the network, as a dead zone does. */
  async unplug() {
    await stop(this.central, "SIGKILL");
  }

  /** Ask an admin route. */
  async admin(path, body) {
    const answer = await fetch(`${this.url}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${ADMIN}`,
        "content-type": path.endsWith("reference") ? "application/x-ndjson" : "application/json",
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  /** What an admin route tells. */
  async ask(path) {
    const answer = await fetch(`${this.url}${path}`, { headers: { authorization: `Bearer ${ADMIN}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  /** A fresh one-time code for a person. */
  async code(person) {
    return (await this.admin("/v1/admin/codes", { user_name: person, hours: 24 })).code;
  }

  /** The customers it began with. */
  customers() {
    const rows = readFileSync(this.seed, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return rows.filter(({ table }) => table === "customers").map(({ row }) => row);
  }

  /** Give a customer to another sales representative. */
  async giveTerritory(customer, salesRep) {
    const found = this.customers().find(({ id }) => id === customer);
    await this.admin("/v1/admin/reference", `${JSON.stringify({ table: "customers", row: { ...found, sales_rep: salesRep } })}\n`);
  }

  async close() {
    await stop(this.central, "SIGKILL");
    await stop(this.standins);
  }
}
