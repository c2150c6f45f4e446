/** Who wants to be told that something happened. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  /** Adds a listener; the answer takes it away. */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells everyone. */
  call(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
