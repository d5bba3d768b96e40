/**
 * The central on this machine: the Worker's bundle on Cloudflare's own runtime, with its database, bucket and
 * queues as wrangler.jsonc names them. Owns turning that file into the runtime's options, and starting it.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { ROOT, WORKER } from "./build.mjs";
import { migrate } from "./migrate.mjs";

export const MIGRATIONS = join(ROOT, "../migrations/central");

function config() {
  const text = readFileSync(join(ROOT, "wrangler.jsonc"), "utf8");
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""));
}

/**
 * @typedef {object} Wanted
 * @property {Record<string, string>} [vars] variables and secrets
 * @property {string} [state] the folder that keeps what is stored; none: nothing is kept
 * @property {number} [port] 0: any that is free
 * @property {import("miniflare").MiniflareOptions["outboundService"]} [outbound] who answers the Worker's own requests
 * @property {number} [retryDelay] seconds between two deliveries of a queue's message, instead of the configured
 * @property {number} [batchTimeout] seconds a queue waits for more messages, instead of the configured
 * @property {import("miniflare").MiniflareOptions["log"]} [log]
 * @property {(line: string) => void} [onLog] gets what the Worker logs
 */

/** Starts of a runtime whose own channel was read too early. */
const STARTS = 3;

/**
 * Starts it with its migrations applied.
 * @param {Wanted} wanted
 */
export async function startLocal(wanted = {}) {
  for (let start = 1; ; start += 1) {
    try {
      return await startOnce(wanted);
    } catch (error) {
      // On a loaded machine the runtime's first synchronous call may read its channel before the answer is there,
      // and every later call would get the answer before its own: only a new runtime helps.
      const early = error instanceof Error && error.name === "AssertionError" && /SynchronousFetcher/.test(error.stack ?? "");
      if (!early || start === STARTS) throw error;
    }
  }
}

/** @param {Wanted} wanted */
async function startOnce(wanted) {
  const { compatibility_date, vars, d1_databases, r2_buckets, queues } = config();
  const consumer = (/** @type {any} */ one) => ({
    maxBatchSize: one.max_batch_size,
    maxBatchTimeout: wanted.batchTimeout ?? one.max_batch_timeout,
    maxRetries: one.max_retries,
    retryDelay: wanted.retryDelay ?? one.retry_delay,
    deadLetterQueue: one.dead_letter_queue,
  });
  const keep = (/** @type {string} */ name) => (wanted.state === undefined ? false : join(wanted.state, name));
  const runtime = new Miniflare({
    name: "fieldquote-central",
    modules: true,
    scriptPath: WORKER,
    compatibilityDate: compatibility_date,
    bindings: { ...vars, ...wanted.vars },
    d1Databases: { [d1_databases[0].binding]: d1_databases[0].database_id },
    d1Persist: keep("d1"),
    r2Buckets: { [r2_buckets[0].binding]: r2_buckets[0].bucket_name },
    r2Persist: keep("r2"),
    queueProducers: Object.fromEntries(queues.producers.map((/** @type {any} */ one) => [one.binding, one.queue])),
    queueConsumers: Object.fromEntries(queues.consumers.map((/** @type {any} */ one) => [one.queue, consumer(one)])),
    host: "127.0.0.1",
    port: wanted.port ?? 0,
    cf: false,
    ...(wanted.outbound === undefined ? {} : { outboundService: wanted.outbound }),
    ...(wanted.log === undefined ? {} : { log: wanted.log }),
    ...(wanted.onLog === undefined ? {} : { handleRuntimeStdio: handed(wanted.onLog) }),
  });
  try {
    const url = await runtime.ready;
    await migrate(await runtime.getD1Database("DB"), MIGRATIONS);
    return { runtime, url: url.origin };
  } catch (error) {
    await runtime.dispose();
    throw error;
  }
}

/** What the runtime says, line by line. */
function handed(/** @type {(line: string) => void} */ onLog) {
  const lines = (/** @type {import("node:stream").Readable} */ stream) => {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) onLog(part);
    });
  };
  return (/** @type {import("node:stream").Readable} */ out, /** @type {import("node:stream").Readable} */ err) => {
    lines(out);
    lines(err);
  };
}
