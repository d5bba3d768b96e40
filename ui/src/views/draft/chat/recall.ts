// What was said before, to be called back with ↑ and ↓ as in a shell. What was being typed is kept at the end.

export class Recall {
  #said: readonly string[] = [];
  #at: number | null = null;
  #typed = "";

  /** Everything said, oldest first. */
  knows(said: readonly string[]): void {
    this.#said = said.filter((text, index) => text !== said[index - 1]);
  }

  get active(): boolean {
    return this.#at !== null;
  }

  /** The one before; null at the first. */
  back(typed: string): string | null {
    const at = this.#at ?? this.#said.length;
    if (at === 0) return null;
    if (this.#at === null) this.#typed = typed;
    this.#at = at - 1;
    return this.#said[this.#at] ?? null;
  }

  /** The one after, and at the end what was being typed; null when nothing was called back. */
  forward(): string | null {
    if (this.#at === null) return null;
    this.#at += 1;
    if (this.#at < this.#said.length) return this.#said[this.#at] ?? null;
    this.#at = null;
    return this.#typed;
  }

  /** Something else was typed or sent. */
  leave(): void {
    this.#at = null;
  }
}
