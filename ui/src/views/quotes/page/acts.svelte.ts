// What can be done with a quote from its page, and whether it can be done as the quote stands.

import { BackendError, call, chooseSaveFile } from "../../../lib/backend";
import type { QuoteShown } from "../../../lib/gen/api";
import { action } from "../../../lib/query.svelte";
import { router, to } from "../../../lib/router.svelte";
import { toast } from "../../../lib/toasts.svelte";
import { stateOf } from "../../../lib/ui/states";
import { printPdf } from "../../../lib/ui/print";

const REVISED = ["approved", "sent", "declined", "expired"];

/** Why a quote cannot be revised; null when it can. */
export function notRevised(quote: QuoteShown): string | null {
  if (quote.superseded_by) return `${quote.superseded_by} has taken its place: revise that one.`;
  return REVISED.includes(quote.lifecycle_status) ? null : `It is ${stateOf(quote.lifecycle_status).word}: duplicate it instead.`;
}

export class QuoteActs {
  readonly #id: () => string;
  readonly #revise = action("quote_revise");
  readonly #duplicate = action("quote_duplicate");
  readonly #save = action("quote_pdf_save");
  #printing = $state(false);
  #unprinted = $state.raw<BackendError | undefined>();

  constructor(id: () => string) {
    this.#id = id;
  }

  get error(): BackendError | undefined {
    return this.#revise.error ?? this.#duplicate.error ?? this.#save.error ?? this.#unprinted;
  }

  get busy(): "revise" | "duplicate" | "save" | "print" | null {
    if (this.#revise.busy) return "revise";
    if (this.#duplicate.busy) return "duplicate";
    if (this.#save.busy) return "save";
    return this.#printing ? "print" : null;
  }

  #clear(): void {
    this.#revise.clear();
    this.#duplicate.clear();
    this.#save.clear();
    this.#unprinted = undefined;
  }

  async revise(): Promise<void> {
    this.#clear();
    const id = this.#id();
    const draft = await this.#revise.run({ quote_id: id });
    if (!draft) return;
    toast(`A revision of ${id} is being drafted`);
    router.go(to("draft", draft.draft_id));
  }

  async duplicate(): Promise<void> {
    this.#clear();
    const id = this.#id();
    const draft = await this.#duplicate.run({ quote_id: id, school_year: null });
    if (!draft) return;
    toast(`The lines of ${id} are in a new draft${draft.school_year ? ` for ${draft.school_year}` : ""}`);
    router.go(to("draft", draft.draft_id));
  }

  async save(): Promise<void> {
    this.#clear();
    const id = this.#id();
    const path = await chooseSaveFile("Save the PDF", `${id}.pdf`, [{ name: "PDF", extensions: ["pdf"] }]);
    if (path === null) return;
    const written = await this.#save.run({ quote_id: id, path });
    if (written) toast(`Saved as ${written.file}`, { tone: "ok" });
  }

  async print(): Promise<void> {
    if (this.#printing) return;
    this.#clear();
    this.#printing = true;
    try {
      const pdf = await call("quote_pdf", { quote_id: this.#id() });
      await printPdf(pdf.base64);
    } catch (thrown) {
      this.#unprinted = BackendError.from(thrown);
    } finally {
      this.#printing = false;
    }
  }
}
