/**
 * The runtime is a process of its own and would outlive this one if this one were killed. Owns the third process
 * that waits for this one's end and then ends the runtime's, by their ids.
 */

import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Call it when the runtime has started; `loosen` before the runtime is ended as it should be. */
export function dieTogether() {
  // The pipe is closed when this process ends, however it ends.
  const watcher = spawn("sh", ["-c", `read _; kill ${children().join(" ")}`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  return { loosen: () => watcher.kill("SIGKILL") };
}

function children() {
  const file = `/proc/${process.pid}/task/${process.pid}/children`;
  const text = existsSync(file)
    ? readFileSync(file, "utf8")
    : execFileSync("pgrep", ["-P", String(process.pid)], { encoding: "utf8" });
  return text.split(/\s+/).filter((id) => id !== "");
}
