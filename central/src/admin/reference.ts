/**
 * Reference data comes in: lines of JSON, as they were exported. Owns reading the lines as they arrive and writing
 * them in batches. Sent again it changes nothing, so whoever sends it may begin anew after any failure.
 */

import { json } from "../http/answers.ts";
import type { Call } from "../http/call.ts";
import { HttpError, unprocessable, unsupportedMediaType } from "../http/errors.ts";
import {
  deleteStatement,
  isReferenceTable,
  keyOf,
  type ReferenceTable,
  unknownColumn,
  upsertStatement,
} from "../tables/reference.ts";

const CHARS_A_STATEMENT = 400_000;
const STATEMENTS_A_BATCH = 4;
const LONGEST_LINE = 1_000_000;

/** Lines one after another for the same table, all rows or all keys. */
interface Group {
  table: ReferenceTable;
  gone: boolean;
  items: string[];
  chars: number;
}

export async function reference(call: Call): Promise<Response> {
  const type = call.request.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-ndjson") throw unsupportedMediaType("application/x-ndjson");
  let [lineNo, sent, applied, settled] = [0, 0, 0, 0];
  let groups: Group[] = [];

  const flush = async () => {
    if (groups.length === 0) return;
    const statements = groups.map(({ table, gone, items }) => {
      const list = `[${items.join(",")}]`;
      return gone ? deleteStatement(call.env.DB, table, list) : upsertStatement(call.env.DB, table, list, call.now);
    });
    try {
      for (const result of await call.env.DB.batch(statements)) applied += result.results.length;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!message.includes("SQLITE_CONSTRAINT")) throw error;
      throw unprocessable(`Lines ${settled + 1} to ${lineNo} do not fit: ${message}`, `Lines before ${settled + 1} are applied; put the others right and send all again.`);
    }
    settled = lineNo;
    groups = [];
  };

  for await (const line of lines(call.request)) {
    lineNo += 1;
    if (line.trim() === "") continue;
    const { table, gone, item } = parse(line, lineNo, settled);
    sent += 1;
    const last = groups.at(-1);
    if (last !== undefined && last.table === table && last.gone === gone && last.chars < CHARS_A_STATEMENT) {
      last.items.push(item);
      last.chars += item.length;
    } else {
      // Written while this line waits for the next batch.
      if (groups.length === STATEMENTS_A_BATCH) {
        lineNo -= 1;
        await flush();
        lineNo += 1;
      }
      groups.push({ table, gone, items: [item], chars: item.length });
    }
  }
  await flush();
  return json({ applied, unchanged: sent - applied });
}

function parse(line: string, lineNo: number, settled: number): { table: ReferenceTable; gone: boolean; item: string } {
  const wrong = (what: string): HttpError =>
    unprocessable(`Line ${lineNo}: ${what}`, `Lines before ${settled + 1} are applied; put this one right and send all again.`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw wrong("it is not JSON.");
  }
  const { table, row, key, gone } = (value ?? {}) as Record<string, unknown>;
  if (!isReferenceTable(table)) throw wrong("`table` is not a reference table.");
  const keys = keyOf(table);
  if (gone === true) {
    if (!Array.isArray(key) || key.length !== keys.length || !key.every((part) => typeof part === "string")) {
      throw wrong(`\`key\` must be a list of ${keys.length} text(s).`);
    }
    return { table, gone: true, item: JSON.stringify(key) };
  }
  if (typeof row !== "object" || row === null || Array.isArray(row)) throw wrong("`row` must be an object.");
  const unknown = unknownColumn(table, row as Record<string, unknown>);
  if (unknown !== null) throw wrong(`\`${table}\` has no column \`${unknown}\`.`);
  return { table, gone: false, item: JSON.stringify(row) };
}

async function* lines(request: Request): AsyncGenerator<string> {
  if (request.body === null) return;
  let rest = "";
  for await (const text of request.body.pipeThrough(new TextDecoderStream()) as ReadableStream<string>) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
    if (rest.length > LONGEST_LINE) throw unprocessable("A line is too long.", "One row a line.");
  }
  if (rest !== "") yield rest;
}
