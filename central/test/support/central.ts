/**
 * A central of its own for one test: the bundled Worker on the runtime it is made for, with an empty database,
 * bucket and queues. Owns starting it and speaking to it as a device and as who runs it.
 */

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { Miniflare } from "miniflare";
import { startLocal, type Wanted } from "../../dev/local.mjs";

export const ADMIN_TOKEN = "the-admin-token-of-the-tests";

export interface Central {
  url: string;
  runtime: Miniflare;
  /** The database itself, for what no address tells. */
  db: Awaited<ReturnType<Miniflare["getD1Database"]>>;
  /** A request as anybody, or with the headers given. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A request with the admin token and a JSON body; its answer's JSON. Throws when it is refused. */
  admin(method: string, path: string, body?: unknown): Promise<any>;
  /** Reference rows; what was applied. */
  reference(lines: unknown[]): Promise<{ applied: number; unchanged: number }>;
  user(name: string, role: "rep" | "approver" | "admin", salesRep?: string | null): Promise<{ id: string; name: string }>;
  code(userName: string, hours?: number): Promise<string>;
  /** A device of that user, enrolled. The user must be there. */
  enrolled(userName: string): Promise<Device>;
  /** What the Worker wrote to its log. */
  log: string[];
  stop(): Promise<void>;
}

export async function startCentral(wanted: Omit<Wanted, "onLog"> = {}): Promise<Central> {
  const log: string[] = [];
  const { runtime, url } = await startLocal({
    retryDelay: 0,
    ...wanted,
    vars: { ADMIN_TOKEN, ...wanted.vars },
    onLog: (line) => log.push(line),
  });
  const call = (path: string, init: RequestInit = {}) => fetch(url + path, init);
  const admin = async (method: string, path: string, body?: unknown): Promise<any> => {
    const answer = await call(path, {
      method,
      headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(told)}`);
    return told;
  };
  const central: Central = {
    url,
    runtime,
    db: await runtime.getD1Database("DB"),
    fetch: call,
    admin,
    log,
    async reference(lines) {
      const answer = await call("/v1/admin/reference", {
        method: "POST",
        headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, "Content-Type": "application/x-ndjson" },
        body: lines.map((line) => JSON.stringify(line)).join("\n"),
      });
      const told = await answer.json();
      if (!answer.ok) throw new Error(`reference: ${answer.status} ${JSON.stringify(told)}`);
      return told as { applied: number; unchanged: number };
    },
    user: (name, role, salesRep = null) => admin("POST", "/v1/admin/users", { name, role, sales_rep: salesRep }),
    code: async (userName, hours = 24) => (await admin("POST", "/v1/admin/codes", { user_name: userName, hours })).code,
    async enrolled(userName) {
      const device = new Device(central, userName);
      const answer = await device.enrol(await central.code(userName));
      if (!answer.ok) throw new Error(`enroll: ${answer.status} ${await answer.text()}`);
      return device;
    },
    stop: () => runtime.dispose(),
  };
  return central;
}

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** A device: its key, its token, and what it knows of itself. */
export class Device {
  readonly key: KeyObject;
  readonly publicKey: string;
  readonly tag: string;
  token = randomBytes(32).toString("hex");
  id = "";

  constructor(
    readonly central: Central,
    readonly userName: string,
  ) {
    const pair = generateKeyPairSync("ed25519");
    this.key = pair.privateKey;
    const jwk = pair.publicKey.export({ format: "jwk" });
    this.publicKey = Buffer.from(jwk.x ?? "", "base64url").toString("hex");
    const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    this.tag = Array.from(randomBytes(6), (byte) => alphabet[byte % 32]).join("");
  }

  /** Asks to be enrolled with a code; fields may be told otherwise. */
  async enrol(code: string, otherwise: Record<string, unknown> = {}): Promise<Response> {
    const answer = await this.central.fetch("/v1/devices/enroll", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        code,
        token_hash: sha256(this.token),
        device_tag: this.tag,
        public_key: this.publicKey,
        device_name: `${this.userName}'s laptop`,
        user_name: null,
        ...otherwise,
      }),
    });
    if (answer.ok) this.id = ((await answer.clone().json()) as { device_id: string }).device_id;
    return answer;
  }

  /** A signature of this device over a text of a kind. */
  sign(kind: string, body: string): string {
    const head = `DSSEv1 ${Buffer.byteLength(kind)} ${kind} ${Buffer.byteLength(body)} `;
    return sign(null, Buffer.concat([Buffer.from(head), Buffer.from(body)]), this.key).toString("hex");
  }

  /** A request signed in as this device. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.central.fetch(path, { ...init, headers: { Authorization: `Bearer ${this.token}`, ...init.headers } });
  }

  /** A request with a JSON body. */
  post(path: string, body: unknown): Promise<Response> {
    return this.fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  /** One answer of the feed from a cursor on. */
  async pull(cursor?: string): Promise<Pulled> {
    const answer = await this.fetch(`/v1/pull${cursor === undefined ? "" : `?cursor=${cursor}`}`);
    if (answer.status !== 200) throw new Error(`pull: ${answer.status} ${await answer.text()}`);
    const lines = (await answer.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
    const end = lines.pop();
    return { entries: lines, ...end, feed: answer.headers.get("FieldQuote-Feed") ?? "" };
  }

  /** The whole feed from a cursor on, answer by answer. */
  async pullAll(cursor?: string): Promise<Pulled> {
    let pulled = await this.pull(cursor);
    const entries = [...pulled.entries];
    while (pulled.more) {
      pulled = await this.pull(pulled.cursor);
      entries.push(...pulled.entries);
    }
    return { ...pulled, entries };
  }
}

export interface Entry {
  seq: number;
  table: string;
  key: unknown[];
  row?: Record<string, any>;
  gone?: true;
}

export interface Pulled {
  entries: Entry[];
  cursor: string;
  head: number;
  more: boolean;
  at: string;
  feed: string;
}
