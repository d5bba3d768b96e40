// An import from the file to its result. One for the window: it goes on while another page is looked at.

import { BackendError, call, listen } from "../../lib/backend";
import type { Imported, ImportPreview, Table } from "../../lib/gen/api";
import { decode } from "./sheet";
import { guess } from "./tables";

type Stage = "choose" | "preview" | "running" | "done";

let stage = $state<Stage>("choose");
let table = $state<Table>("customers");
let file = $state.raw<{ name: string; text: string } | null>(null);
let preview = $state.raw<ImportPreview | null>(null);
let looking = $state(false);
let done = $state(0);
let task: string | null = null;
let stopping = $state(false);
let result = $state.raw<Imported | null>(null);
let error = $state.raw<BackendError | undefined>();
let stopped = $state(false);
/** The latest look: an earlier one that ends later is dropped. */
let ticket = 0;

async function look(): Promise<void> {
  const mine = ++ticket;
  if (!file) return;
  looking = true;
  error = undefined;
  stopped = false;
  try {
    const answer = await call("import_preview", { table, name: file.name, text: file.text });
    if (mine !== ticket) return;
    preview = answer;
    stage = "preview";
  } catch (thrown) {
    if (mine !== ticket) return;
    preview = null;
    stage = "choose";
    error = BackendError.from(thrown);
  } finally {
    if (mine === ticket) looking = false;
  }
}

export const work = {
  get stage() {
    return stage;
  },
  get table() {
    return table;
  },
  get file() {
    return file;
  },
  get preview() {
    return preview;
  },
  /** The file is being read or looked through. */
  get looking() {
    return looking;
  },
  get done() {
    return done;
  },
  get stopping() {
    return stopping;
  },
  get result() {
    return result;
  },
  get error() {
    return error;
  },
  /** The last import was stopped by a person. */
  get stopped() {
    return stopped;
  },

  /** For another table; the file that is at hand is looked through again. */
  into(next: Table): void {
    if (stage === "running" || next === table) return;
    table = next;
    preview = null;
    stage = "choose";
    void look();
  },

  /** Reads a file and looks through it. Its header may say which table it is for. */
  async take(chosen: File): Promise<void> {
    if (stage === "running") return;
    looking = true;
    error = undefined;
    preview = null;
    stage = "choose";
    try {
      const read = decode(new Uint8Array(await chosen.arrayBuffer()));
      if ("problem" in read) throw new BackendError("bad_input", `${chosen.name}: ${read.problem}`, read.hint);
      file = { name: chosen.name, text: read.text };
      table = guess(read.text.slice(0, read.text.search(/[\r\n]|$/))) ?? table;
    } catch (thrown) {
      file = null;
      looking = false;
      error = BackendError.from(thrown);
      return;
    }
    await look();
  },

  /** Imports what was looked through: all of it, or the rows that are right. */
  async run(skip_bad: boolean): Promise<void> {
    if (!file || stage !== "preview") return;
    const mine = crypto.randomUUID();
    const deaf = listen("progress", (news) => {
      if (news.task === mine) done = news.done;
    });
    [task, done, stopping, stopped, error, stage] = [mine, 0, false, false, undefined, "running"];
    try {
      result = await call("import_run", { table, name: file.name, text: file.text, skip_bad, task: mine });
      file = null;
      preview = null;
      stage = "done";
    } catch (thrown) {
      const refusal = BackendError.from(thrown);
      stopped = refusal.code === "cancelled";
      if (!stopped) error = refusal;
      stage = "preview";
    } finally {
      task = null;
      deaf();
    }
  },

  /** Asks the running import to stop; nothing of it is kept then. */
  async stop(): Promise<void> {
    if (task === null) return;
    stopping = true;
    await call("task_cancel", { task }).catch(() => {
      // It had ended already; how it ended is what is shown.
    });
  },

  /** Another file. */
  again(): void {
    if (stage === "running") return;
    ticket += 1;
    [stage, file, preview, result, error, stopped, looking] = ["choose", null, null, null, undefined, false, false];
  },
};
