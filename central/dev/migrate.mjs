/**
 * Applies migrations to a D1 database that runs here, as `wrangler d1 migrations apply` does, with the same table
 * of what has been applied, so that both agree. Owns the order: by name, each file whole or not at all.
 */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The names of those applied now.
 * @param {{ prepare(sql: string): any, batch(statements: any[]): Promise<any> }} db
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function migrate(db, folder) {
  await db
    .prepare(
      `CREATE TABLE IF NOT EXISTS d1_migrations (
         id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
         applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
    )
    .run();
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(results.map((/** @type {{ name: string }} */ row) => row.name));
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql") && !applied.has(name)).sort();
  for (const name of names) {
    const sql = await readFile(join(folder, name), "utf8");
    await db.batch([
      db.prepare(sql),
      db.prepare("INSERT INTO d1_migrations (name) VALUES (?1)").bind(name),
    ]);
  }
  return names;
}
