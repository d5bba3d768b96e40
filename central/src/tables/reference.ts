/**
 * Reference tables as who runs the central writes them: upserts of many rows in one statement, of which only those
 * that differ are written. Owns their columns and that SQL.
 */

/** A table's columns, its key first, beside `updated_at`: a row that differs in that alone is the same. */
const TABLES = {
  customers: {
    key: ["id"],
    columns: [
      "name", "customer_type", "city", "state", "zip", "address1", "entitystatus", "netsuite_id", "terms",
      "price_level", "sales_rep", "contact_name", "contact_email", "contact_phone", "aliases",
    ],
  },
  customer_profiles: { key: ["customer_id"], columns: ["credit_limit", "ar_balance", "last_quote_event"] },
  customer_programs: {
    key: ["id"],
    columns: ["customer_id", "program", "status", "school_year", "df_code", "details", "deleted_at"],
  },
  spec_items: {
    key: ["item_code"],
    columns: [
      "description", "netsuite_id", "brand", "category", "catalog", "pack", "net_weight_lb", "servings_per_case",
      "serving_size", "cn_number", "df_code", "df_lb_per_case", "df_value_per_lb", "status", "aliases",
    ],
  },
  pricing_master: {
    key: ["customer_id", "item_code", "school_year"],
    columns: ["case_price", "cost_basis", "margin_pct", "effective_from", "effective_to"],
  },
  company: { key: ["id"], columns: ["text"] },
} as const satisfies Record<string, { key: readonly string[]; columns: readonly string[] }>;

export type ReferenceTable = keyof typeof TABLES;

/** What a column holds when a row does not name it, where that is not nothing. */
const DEFAULTS: Record<string, string> = {
  "customers.aliases": "''",
  "customer_programs.details": "'{}'",
  "spec_items.status": "'active'",
  "spec_items.aliases": "''",
};

export const isReferenceTable = (name: unknown): name is ReferenceTable =>
  typeof name === "string" && Object.hasOwn(TABLES, name);

export const keyOf = (table: ReferenceTable): readonly string[] => TABLES[table].key;

/** A column of the row the table does not have, or null. */
export function unknownColumn(table: ReferenceTable, row: Record<string, unknown>): string | null {
  const { key, columns } = TABLES[table] as { key: readonly string[]; columns: readonly string[] };
  return Object.keys(row).find((name) => name !== "updated_at" && !key.includes(name) && !columns.includes(name)) ?? null;
}

/** Writes those of the rows (a JSON list's text) that differ; gives back one row for each it wrote. */
export function upsertStatement(db: D1Database, table: ReferenceTable, rows: string, now: string): D1PreparedStatement {
  const { key, columns } = TABLES[table] as { key: readonly string[]; columns: readonly string[] };
  const names = [...key, ...columns];
  const value = (name: string) => {
    const found = `value ->> '${name}'`;
    const otherwise = DEFAULTS[`${table}.${name}`];
    return otherwise === undefined ? found : `coalesce(${found}, ${otherwise})`;
  };
  // The last quote's time moves forwards alone: quotes write it too.
  const put = (name: string) =>
    name === "last_quote_event" ? latest(`${table}.${name}`, `excluded.${name}`) : `excluded.${name}`;
  return db
    .prepare(
      `INSERT INTO ${table} (${names.join(", ")}, updated_at)
       SELECT ${names.map(value).join(", ")}, coalesce(value ->> 'updated_at', ?2) FROM json_each(?1) WHERE true
       ON CONFLICT (${key.join(", ")}) DO UPDATE SET
         ${columns.map((name) => `${name} = ${put(name)}`).join(", ")}, updated_at = excluded.updated_at
       WHERE (${columns.map((name) => `${table}.${name}`).join(", ")}) IS NOT (${columns.map(put).join(", ")})
       RETURNING 1`,
    )
    .bind(rows, now);
}

/** Deletes the rows of these keys (a JSON list of lists); gives back one row for each that was there. */
export function deleteStatement(db: D1Database, table: ReferenceTable, keys: string): D1PreparedStatement {
  const { key } = TABLES[table];
  return db
    .prepare(
      `DELETE FROM ${table} WHERE (${key.join(", ")}) IN
         (SELECT ${key.map((_, at) => `value ->> ${at}`).join(", ")} FROM json_each(?1))
       RETURNING 1`,
    )
    .bind(keys);
}

const latest = (left: string, right: string) => `max(coalesce(${left}, ${right}), coalesce(${right}, ${left}))`;
