/** What runs in the tests is what is deployed: the same migrations and the same Worker, by wrangler's own hand. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { MIGRATIONS, startLocal } from "../dev/local.mjs";
import { migrate } from "../dev/migrate.mjs";

const CENTRAL = join(import.meta.dirname, "../..");
let folder: string;
before(() => void (folder = mkdtempSync(join(tmpdir(), "fieldquote-wrangler-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

function wrangler(...words: string[]): string {
  return execFileSync("npx", ["--no-install", "wrangler", ...words], {
    cwd: CENTRAL,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true", XDG_CONFIG_HOME: folder, WRANGLER_LOG_PATH: folder },
  });
}

test("wrangler applies the migrations to an empty database, and nothing the second time", { timeout: 120_000 }, () => {
  const apply = () => wrangler("d1", "migrations", "apply", "DB", "--local", "--persist-to", folder);
  assert.match(apply(), /0001_feed\.sql/);
  assert.match(apply(), /No migrations to apply/);
});

test("wrangler bundles the Worker with all it is bound to", { timeout: 120_000 }, () => {
  const told = wrangler("deploy", "--dry-run", "--outdir", join(folder, "bundle"));
  for (const bound of ["env.DB", "env.FILES", "env.NS_PUSH_QUEUE", "env.MAIL_QUEUE"]) assert.ok(told.includes(bound), bound);
});

test("a database begun here names what was applied as wrangler does, and applies nothing twice", { timeout: 120_000 }, async () => {
  const state = join(folder, "state");
  const { runtime } = await startLocal({ state });
  const db = await runtime.getD1Database("DB");
  const applied = await db.prepare("SELECT name FROM d1_migrations ORDER BY id").all<{ name: string }>();
  await runtime.dispose();
  assert.deepEqual(applied.results.map(({ name }) => name), readdirSync(MIGRATIONS).sort());
  const again = await startLocal({ state });
  const count = await (await again.runtime.getD1Database("DB")).prepare("SELECT count(*) AS n FROM meta").first<{ n: number }>();
  await again.runtime.dispose();
  assert.equal(count?.n, 1);
});

test("a migration that fails leaves nothing of itself behind", async () => {
  const { runtime } = await startLocal();
  try {
    const db = await runtime.getD1Database("DB");
    const broken = join(folder, "broken");
    mkdirSync(broken);
    writeFileSync(join(broken, "0001_broken.sql"), "CREATE TABLE half (a TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);\n");
    await assert.rejects(migrate(db, broken), /nowhere/);
    const there = await db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'").first<{ n: number }>();
    assert.equal(there?.n, 0);
  } finally {
    await runtime.dispose();
  }
});
