/**
 * contracts/central.openapi.yaml names every address of the central, and none that is not there.
 */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT } from "../dev/build.mjs";
import { type Central, startCentral } from "./support/central.ts";

let central: Central;
before(async () => {
  central = await startCentral();
});
after(() => central.stop());

/** `GET /v1/me`, … as the contract names them. */
function promised(): string[] {
  const found: string[] = [];
  let path = "";
  for (const line of readFileSync(join(ROOT, "../contracts/central.openapi.yaml"), "utf8").split("\n")) {
    if (line === "components:") break;
    path = /^  (\/\S+):$/.exec(line)?.[1] ?? path;
    const method = /^    (get|post|put|delete|patch):$/.exec(line)?.[1];
    if (method !== undefined) found.push(`${method.toUpperCase()} ${path}`);
  }
  return found.sort();
}

/** The same as the source declares them. */
function declared(): string[] {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const text = files.map((file) => readFileSync(join(ROOT, "src", file), "utf8")).join("\n");
  const routes = text.matchAll(/method: "([A-Z]+)",\s*path: "([^"]+)"/g);
  return [...routes].map(([, method, path]) => `${method} ${path?.replace(/:(\w+)/g, "{$1}")}`).sort();
}

test("the contract and the code name the same addresses", () => {
  assert.ok(promised().length >= 18);
  assert.deepEqual(declared(), promised());
});

test("every address the contract names answers to its methods, and tells them to any other", async () => {
  const methods = new Map<string, string[]>();
  for (const one of promised()) {
    const [method = "", path = ""] = one.split(" ");
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  for (const [path, its] of methods) {
    const answer = await central.fetch(path.replace(/\{\w+\}/g, "x"), { method: "DELETE" });
    assert.equal(answer.status, 405, path);
    assert.equal(answer.headers.get("Allow"), its.join(", "), path);
    assert.ok(answer.headers.get("FieldQuote-Central"));
  }
});
