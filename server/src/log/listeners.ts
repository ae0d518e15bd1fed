/** Who wants to know that a log grew. A listener that throws harms nobody but itself: its error is thrown on its own. */
export class Listeners {
  readonly #listeners = new Set<{ readonly call: (organizationId: number) => void }>();

  /** Adds a listener; gives back how to remove it. The same function may be added twice. */
  add(call: (organizationId: number) => void): () => void {
    const entry = { call };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  tell(organizationId: number): void {
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
