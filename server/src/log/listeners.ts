/** The listeners for growing logs. An error in one doesn't affect the others: it is thrown separately. */
export class Listeners {
  readonly #listeners = new Set<{ readonly call: (organizationId: number) => void }>();

  /** Adds a listener; returns a function that removes it. The same function can be added twice. */
  add(call: (organizationId: number) => void): () => void {
    const entry = { call };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  notify(organizationId: number): void {
    for (const { call } of this.#listeners) {
      try {
        call(organizationId);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
