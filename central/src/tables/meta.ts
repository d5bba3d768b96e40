/**
 * Table `meta`: which central database this is. Owns asking for it.
 */

let known: string | null = null;

/** The database's epoch; asked once an isolate, and anew with every session. */
export async function epochOf(db: D1Database): Promise<string> {
  known ??= await askEpoch(db);
  return known;
}

/** The epoch as last heard, for answers that must go out whether the database answers or not. */
export function lastKnownEpoch(): string {
  return known ?? "unknown";
}

/** Take note of an epoch that another query brought along. */
export function heardEpoch(epoch: string): void {
  known = epoch;
}

export async function askEpoch(db: D1Database): Promise<string> {
  const row = await db.prepare("SELECT value FROM meta WHERE name = 'epoch'").first<{ value: string }>();
  if (row === null) throw new Error("the database has no epoch: its migrations have not been applied");
  return row.value;
}
