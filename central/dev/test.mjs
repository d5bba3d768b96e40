/**
 * Bundles the Worker and the tests and runs them: all, or those of which the file's name has the word given.
 */

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { bundleTests, bundleWorker } from "./build.mjs";

await bundleWorker();
const { out, files } = await bundleTests(process.argv[2]);
const run = spawn(process.execPath, ["--test", "--test-concurrency=2", ...files], { stdio: "inherit" });
run.on("exit", (code) => {
  rmSync(out, { recursive: true, force: true });
  process.exit(code ?? 1);
});
