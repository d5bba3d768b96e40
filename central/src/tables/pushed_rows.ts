/**
 * The tables whose rows devices push, their columns and keys.
 *
 * Owns writing many rows of one table in one statement and what is never overwritten: a quote's content, its
 * way forward, a verdict, the reference data of a profile. Must not judge who may push what.
 */

import type { Json, JsonObject } from "../canonical.ts";
import type { Verdict } from "../push/kind.ts";

/** What a column holds; `?` where it may be NULL, a list where only a few words may stand. */
export type Column = "text" | "text?" | "id" | "id?" | "int" | "int?" | "money" | "money?" | "json" | readonly string[];

export interface Table {
  /** Whether a row needs an approval, or only says what happened. */
  kind: "effect" | "log";
  key: string[];
  columns: Record<string, Column>;
  /** What becomes of a row that is there already; every column but the key is written when it says nothing. */
  onConflict?: string;
}

/** Where a quote may get to, over one step or several. */
const AHEAD = ((): Record<string, string[]> => {
  const after = ["accepted", "declined", "expired", "superseded", "cancelled"];
  const all = ["draft", "proposed", "approved", "sent", ...after];
  return {
    draft: all, proposed: all, approved: ["sent", ...after], sent: after,
    declined: ["superseded"], expired: ["superseded"], accepted: [], superseded: [], cancelled: [],
  };
})();
const MAY_MOVE = `excluded.lifecycle_status IN (
  SELECT value FROM json_each('${JSON.stringify(AHEAD)}', '$.' || quotes.lifecycle_status))`;

/** Where a quote stands once a row says `pushed` of it: further on if it may get there, or where it stood. */
export function movedTo(stands: string, pushed: string): string {
  return AHEAD[stands]?.includes(pushed) ? pushed : stands;
}

const LOG: Pick<Table, "kind"> = { kind: "log" };
const EFFECT: Pick<Table, "kind"> = { kind: "effect" };

export const TABLES: ReadonlyMap<string, Table> = new Map<string, Table>([
  ["quotes", {
    ...EFFECT,
    key: ["id"],
    columns: {
      id: "id", customer_id: "id", school_year: "text", lifecycle_status: Object.keys(AHEAD), generated_at: "text",
      issued_on: "text", valid_until: "text", price_from: "text", price_to: "text", revision_of: "id?",
      draft_id: "id?", run_id: "id?", include_pdf: "int", cases: "int", commercial: "money", df_value: "money",
      total: "money", prepared_by: "text", snapshot_hash: "text", snapshot: "json", updated_at: "text",
    },
    // What was quoted never changes; where it stands only moves forward.
    onConflict: `DO UPDATE SET lifecycle_status = excluded.lifecycle_status, updated_at = excluded.updated_at
      WHERE ${MAY_MOVE}`,
  }],
  ["quote_lines", {
    ...EFFECT,
    key: ["quote_id", "line_no"],
    columns: {
      quote_id: "id", line_no: "int", item_code: "id", description: "text", pack: "text?", quantity: "int",
      case_price: "money", cost_basis: "money?", price_source: "text", program: "text", df_code: "text?",
      df_lb_per_case: "text?", df_value: "money?", fee: "money?", net_price: "money", refund: "money?",
      extended: "money", note: "text?",
    },
  }],
  ["proposed_pricing", {
    ...EFFECT,
    key: ["quote_id", "item_code"],
    columns: {
      quote_id: "id", customer_id: "id", item_code: "id", school_year: "text", case_price: "money",
      cost_basis: "money?", effective_from: "text", effective_to: "text",
      status: ["proposed", "promoted", "withdrawn"], proposed_at: "text",
      promoted_at: "text?",
    },
  }],
  ["price_history", {
    ...EFFECT,
    key: ["replaced_by_quote", "customer_id", "item_code", "school_year"],
    columns: {
      replaced_by_quote: "id", customer_id: "id", item_code: "id", school_year: "text", case_price: "money",
      cost_basis: "money?", margin_pct: "text?", effective_from: "text?", effective_to: "text?", replaced_at: "text",
    },
  }],
  ["pricing_master", {
    ...EFFECT,
    key: ["customer_id", "item_code", "school_year"],
    columns: {
      customer_id: "id", item_code: "id", school_year: "text", case_price: "money", cost_basis: "money?",
      margin_pct: "text?", effective_from: "text?", effective_to: "text?", updated_at: "text",
    },
  }],
  ["customer_profiles", {
    ...EFFECT,
    key: ["customer_id"],
    columns: {
      customer_id: "id", credit_limit: "money?", ar_balance: "money?", last_quote_event: "text?", updated_at: "text",
    },
  }],
  ["workflow_runs", {
    ...LOG,
    key: ["run_id"],
    columns: {
      run_id: "id", workflow_type: "text", contract_version: "int", customer_id: "id?", quote_id: "id?",
      status: "text", started_by: "text", started_at: "text", completed_at: "text",
    },
  }],
  ["workflow_run_log", {
    ...LOG,
    key: ["run_id"],
    columns: {
      run_id: "id", workflow_type: "text", status: "text", started_at: "text", completed_at: "text",
      summary_json: "json",
    },
  }],
  ["reflexion_log", {
    ...LOG,
    key: ["run_id", "tags"],
    columns: { run_id: "id", tags: "text", narrative: "text", created_at: "text" },
  }],
  ["workflow_events", {
    ...LOG,
    key: ["run_id"],
    columns: {
      run_id: "id", event: ["workflow.completed", "workflow.failed"], payload: "json", created_at: "text",
    },
  }],
  ["workflow_verify_results", {
    ...LOG,
    key: ["run_id", "check_id"],
    columns: {
      run_id: "id", check_id: "text", quote_id: "id?", status: ["pending", "passed", "failed", "skipped"],
      evidence: "json", created_at: "text", checked_at: "text?",
    },
    // What was found is not made unknown again, in whatever order it arrives.
    onConflict: `DO UPDATE SET status = excluded.status, evidence = excluded.evidence, checked_at = excluded.checked_at
      WHERE excluded.status <> 'pending' OR workflow_verify_results.status = 'pending'`,
  }],
  ["alerts", {
    ...LOG,
    key: ["id"],
    columns: {
      id: "text", run_id: "id?", step_id: "id?", op_id: "id?", quote_id: "id?", customer_id: "id?", message: "text",
      created_at: "text", resolved_at: "text?",
    },
    // An alert says what it said; it can only be resolved, and stays so.
    onConflict: `DO UPDATE SET resolved_at = excluded.resolved_at
      WHERE alerts.resolved_at IS NULL AND excluded.resolved_at IS NOT NULL AND alerts.run_id IS excluded.run_id`,
  }],
]);

/** Whether no quote of these is there already as another run's. NULL undoes the operation. */
export function rowsVerdict(quotes: { id: string; run_id: string | null }[], rows: number): Verdict {
  return {
    sql: `SELECT CASE WHEN EXISTS (
              SELECT 1 FROM json_each(?10) j JOIN quotes q ON q.id = j.value ->> 'id'
              WHERE q.run_id IS NOT (j.value ->> 'run_id')) THEN NULL ELSE 'applied' END AS outcome,
            json_object('rows', CAST(?11 AS INTEGER)) AS result`,
    values: [JSON.stringify(quotes), rows],
  };
}

export function upsertRows(db: D1Database, name: string, rows: JsonObject[]): D1PreparedStatement {
  if (name === "customer_profiles") return touchProfiles(db, rows);
  const table = TABLES.get(name) as Table;
  const columns = Object.keys(table.columns);
  const rest = columns.filter((column) => !table.key.includes(column));
  const onConflict =
    table.onConflict ?? `DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(", ")}`;
  return db
    .prepare(
      `INSERT INTO ${name} (${columns.join(", ")})
       SELECT ${columns.map((column) => `value ->> '${column}'`).join(", ")} FROM json_each(?1) WHERE true
       ON CONFLICT (${table.key.join(", ")}) ${onConflict}`,
    )
    .bind(JSON.stringify(rows));
}

export function deleteRows(db: D1Database, name: string, rows: JsonObject[]): D1PreparedStatement {
  const { key } = TABLES.get(name) as Table;
  return db
    .prepare(
      `DELETE FROM ${name} WHERE (${key.join(", ")}) IN (
         SELECT ${key.map((column) => `value ->> '${column}'`).join(", ")} FROM json_each(?1))`,
    )
    .bind(JSON.stringify(rows));
}

/** The credit data of a profile is not a device's to write: only when a quote last concerned it, and forwards. */
function touchProfiles(db: D1Database, rows: JsonObject[]): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE customer_profiles SET last_quote_event = j.value ->> 'last_quote_event'
       FROM json_each(?1) j
       WHERE customer_id = j.value ->> 'customer_id' AND j.value ->> 'last_quote_event' IS NOT NULL
         AND (last_quote_event IS NULL OR last_quote_event < j.value ->> 'last_quote_event')`,
    )
    .bind(JSON.stringify(rows));
}

/** Whether a value can stand in a column. */
export function fits(column: Column, value: Json | undefined): boolean {
  if (typeof column !== "string") return typeof value === "string" && column.includes(value);
  if (value === undefined || value === null) return column.endsWith("?");
  switch (column) {
    case "int":
    case "int?":
      return typeof value === "number";
    case "money":
    case "money?":
      return typeof value === "string" && /^-?\d{1,12}\.\d{4}$/.test(value);
    case "id":
    case "id?":
      return typeof value === "string" && /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(value);
    case "json":
      return typeof value === "string" && isJson(value);
    case "text":
    case "text?":
      return typeof value === "string";
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
