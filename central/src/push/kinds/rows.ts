/**
 * `rows`: rows that a run wrote on the device and that are now written here.
 *
 * Owns which tables and columns a device may write, and that rows of an effect stay within what was approved:
 * its quote, its customer, its items, its year. Must not run a contract's statements.
 */

import { type JsonObject, isObject } from "../../canonical.ts";
import { type Column, TABLES, type Table, deleteRows, fits, movedTo, rowsVerdict, upsertRows } from "../../tables/pushed_rows.ts";
import { badPayload, field, word } from "../fields.ts";
import { type Case, kind } from "../kind.ts";
import { rejected } from "../outcome.ts";
import { requireWithin } from "../within.ts";
import { notReleased, releaseOf } from "../released.ts";
import { notYours } from "../territory.ts";

const ROWS_AN_OP = 250;

export interface PushedRow {
  table: string;
  change: "upsert" | "delete";
  row: JsonObject;
}

interface Rows {
  rows: PushedRow[];
  hasEffects: boolean;
}

export const rows = kind<Rows>({
  read(payload) {
    const list = field(payload, "rows", "array");
    if (list.length < 1 || list.length > ROWS_AN_OP) {
      throw rejected("too_large", `${list.length} rows are not 1 to ${ROWS_AN_OP}`, "Update the device.");
    }
    const read = list.map((one): PushedRow => {
      if (!isObject(one)) throw badPayload("a row is not an object");
      const table = field(one, "table", "text");
      const change = word(one, "change", ["upsert", "delete"]);
      const row = field(one, "row", "object");
      requireFitting(table, change, row);
      return { table, change, row };
    });
    return { rows: read, hasEffects: read.some(({ table }) => TABLES.get(table)?.kind === "effect") };
  },

  want({ rows: list, hasEffects }, op, wanted) {
    if (hasEffects && op.after !== null) wanted.releases.add(op.after);
    for (const { table, row } of list) {
      if (table === "quotes") wanted.quotes.add(String(row["id"]));
      if (TABLES.get(table)?.kind !== "log") continue;
      if (typeof row["run_id"] === "string") wanted.runs.add(row["run_id"]);
      if (typeof row["quote_id"] === "string") wanted.quotes.add(row["quote_id"]);
      if (typeof row["customer_id"] === "string") wanted.customers.add(row["customer_id"]);
    }
  },

  judge(given) {
    const { payload, known, db } = given;
    const releasedBy = payload.hasEffects ? requireReleased(given) : null;
    for (const row of payload.rows) requireOwn(row, given);
    const quotes = payload.rows
      .filter(({ table, change }) => table === "quotes" && change === "upsert")
      .map(({ row }) => ({ id: String(row["id"]), run_id: (row["run_id"] ?? null) as string | null }));
    for (const quote of quotes) {
      const there = known.quotes.get(quote.id);
      if (there !== undefined && there.run_id !== quote.run_id) {
        throw rejected("quote_id_taken", `quote ${quote.id} is there already, of another run`, "Submit the draft again under another number.");
      }
    }
    return {
      verdict: rowsVerdict(quotes, payload.rows.length),
      releasedBy,
      effects: inOrder(payload.rows).map(({ table, change, list }) =>
        change === "upsert" ? upsertRows(db, table, list) : deleteRows(db, table, list),
      ),
      expected: { outcome: "applied", result: { rows: payload.rows.length } },
      queue: null,
      note(known) {
        for (const { id, run_id } of quotes) {
          const row = payload.rows.find((one) => one.table === "quotes" && one.row["id"] === id)?.row;
          const status = String(row?.["lifecycle_status"]);
          const there = known.quotes.get(id);
          if (there !== undefined) {
            known.quotes.set(id, { ...there, lifecycle_status: movedTo(there.lifecycle_status, status) });
            continue;
          }
          const customer = String(row?.["customer_id"]);
          const mine = known.customers.get(customer)?.mine ?? 0;
          known.quotes.set(id, { id, run_id, lifecycle_status: status, customer_id: customer, person: null, mine });
        }
      },
    };
  },
});

function requireFitting(name: string, change: string, row: JsonObject): void {
  const table = TABLES.get(name);
  if (table === undefined) {
    throw rejected("unknown_table", `${name} is no table a device writes`, "Change the contract, or update the central.");
  }
  const mayDelete = table.kind === "effect" && name !== "customer_profiles";
  if (change === "delete" && !mayDelete) throw badPayload(`rows of ${name} are never deleted by a device`);
  for (const column of Object.keys(row)) {
    if (!Object.hasOwn(table.columns, column)) {
      throw rejected("unknown_column", `${name} has no column ${column.slice(0, 80)}`, "Change the contract, or update the central.");
    }
  }
  for (const [column, holds] of Object.entries(table.columns)) {
    const isNeeded = change === "upsert" || table.key.includes(column);
    if (isNeeded && !fits(holds, row[column])) {
      throw rejected("bad_row", `${name}.${column} does not hold ${called(holds)}`, "Report this; nothing of it was written.");
    }
  }
}

function called(holds: Column): string {
  return typeof holds === "string" ? `what it is for: ${holds.replace("?", "")}` : `one of ${holds.join(", ")}`;
}

/** Every effect is released by the approved action, table by table and row by row. Gives that action. */
function requireReleased({ op, payload, known }: Case<Rows>): string {
  const release = releaseOf(op, known);
  const { action, entry } = release;
  const writes = entry["does"] === "write" && Array.isArray(entry["writes"]) ? entry["writes"] : [];
  const tables = new Set(writes.map((write) => (isObject(write) ? write["table"] : null)));
  for (const { table, change, row } of payload.rows) {
    if ((TABLES.get(table) as Table).kind === "log") continue;
    if (!tables.has(table)) throw notReleased(`action ${action.id} releases no writing of ${table} in this step`);
    requireWithin(release, { table, change, row });
  }
  return action.id;
}

/** A rep's log rows are about the rep's own territory. */
function requireOwn({ table, row }: PushedRow, { known }: Case<Rows>): void {
  if (TABLES.get(table)?.kind !== "log") return;
  const { customer_id: customer, quote_id: quote, run_id: run } = row;
  const isOwn =
    (typeof customer !== "string" || known.mayServe(customer)) &&
    (typeof quote !== "string" || known.mayTouch(known.quotes.get(quote))) &&
    (typeof run !== "string" || known.mayTouch(known.runs.get(run)));
  if (!isOwn) throw notYours(typeof customer === "string" ? customer : null);
}

/** Rows of one table and change go in one statement, but never past another change of that table. */
function inOrder(list: PushedRow[]): { table: string; change: PushedRow["change"]; list: JsonObject[] }[] {
  const statements: { table: string; change: PushedRow["change"]; list: JsonObject[] }[] = [];
  const open = new Map<string, (typeof statements)[number]>();
  for (const { table, change, row } of list) {
    let statement = open.get(table);
    if (statement?.change !== change) {
      statement = { table, change, list: [] };
      statements.push(statement);
      open.set(table, statement);
    }
    statement.list.push(row);
  }
  return statements;
}
