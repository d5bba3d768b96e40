/**
 * Bundles the Worker into dist/worker.js and the tests into dist/test. Owns where they go.
 */

import { build } from "esbuild";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const WORKER = join(ROOT, "dist/worker.js");

export async function bundleWorker() {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "src/index.ts")],
    outfile: WORKER,
    bundle: true,
    format: "esm",
    target: "es2022",
    sourcemap: "inline",
    logLevel: "error",
    write: false,
  });
  // Put in place at once: who starts meanwhile reads the old or the new, never half of one.
  mkdirSync(dirname(WORKER), { recursive: true });
  for (const { contents } of outputFiles) {
    writeFileSync(`${WORKER}.${process.pid}`, contents);
    renameSync(`${WORKER}.${process.pid}`, WORKER);
  }
  return WORKER;
}

/** The tests whose name has the word, bundled into a folder of their own. */
export async function bundleTests(word = "") {
  const out = mkdtempSync(join(dirname(WORKER), "test-"));
  const files = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" });
  const tests = files.filter((file) => file.endsWith(".test.ts") && file.includes(word)).sort();
  await build({
    entryPoints: tests.map((file) => join(ROOT, "test", file)),
    outdir: out,
    outbase: join(ROOT, "test"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    splitting: true,
    logLevel: "error",
    // What finds its files beside itself is not bundled.
    plugins: [
      {
        name: "dev-stays-where-it-is",
        setup(build) {
          build.onResolve({ filter: /\/dev\/.*\.mjs$/ }, ({ path }) => ({
            path: new URL(path.replace(/^(\.\.\/)+/, "../"), import.meta.url).href,
            external: true,
          }));
        },
      },
    ],
  });
  return { out, files: tests.map((file) => join(out, file.replace(/ts$/, "js"))) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleWorker();
