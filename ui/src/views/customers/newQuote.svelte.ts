// Starts a draft for a customer, and goes there.

import type { BackendError } from "../../lib/backend";
import { action } from "../../lib/query.svelte";
import { router, to } from "../../lib/router.svelte";

export class NewQuote {
  readonly #new = action("draft_new");
  readonly #edit = action("draft_edit");
  /** Made, but the customer could not be set in it: used again, so that trying twice leaves one draft. */
  #made: string | null = null;

  get busy(): boolean {
    return this.#new.busy || this.#edit.busy;
  }

  get error(): BackendError | undefined {
    return this.#new.error ?? this.#edit.error;
  }

  async start(customer_id: string): Promise<void> {
    if (this.busy) return;
    this.#made ??= (await this.#new.run({}))?.draft_id ?? null;
    if (this.#made === null) return;
    const draft = await this.#edit.run({ draft_id: this.#made, edits: [{ edit: "set_customer", customer_id }] });
    if (!draft) return;
    this.#made = null;
    router.go(to("draft", draft.draft_id));
  }
}
