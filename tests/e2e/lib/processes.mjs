/**
 * Processes a scenario starts: they are ended with it, whatever becomes of it.
 *
 * Owns starting, waiting for a sign of life, and ending by process group. Must not know what they are.
 */

import { spawn } from "node:child_process";
import { createServer } from "node:net";

const running = new Set();

/** Start a process in a group of its own. `log` collects what it says. */
export function start(command, args, { env = {}, cwd, stdout = "pipe" } = {}) {
  const child = spawn(command, args, {
    cwd,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", stdout, "pipe"],
  });
  const started = { child, log: [], ended: false };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      started.log.push(text);
      if (started.log.length > 400) started.log.shift();
    });
  }
  started.end = new Promise((resolve) => child.once("exit", resolve)).then(() => {
    started.ended = true;
    running.delete(started);
  });
  running.add(started);
  return started;
}

/** End it, as a crash would with `SIGKILL`, and wait until it has. */
export async function stop(started, signal = "SIGTERM") {
  if (started.ended) return;
  try {
    process.kill(-started.child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
  const late = setTimeout(() => {
    try {
      process.kill(-started.child.pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }, 5_000);
  await started.end;
  clearTimeout(late);
}

/** A port that nobody listens on just now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Ask again until `look` gives something, or say why not. */
export async function until(what, look, { within = 20_000, every = 50 } = {}) {
  const deadline = Date.now() + within;
  let last;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what}: not within ${within} ms${last ? `; last: ${last.message}` : ""}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

process.on("exit", () => {
  for (const { child } of running) {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
