interface Step {
  /** What is left if this fails, as a person finds it again. */
  readonly what: string;
  remove(): Promise<void>;
}

/** What the run made, in the order of making: each is noted before the request that makes it is sent. */
export class Undo {
  #steps: Step[] = [];

  add(what: string, remove: () => Promise<void>): void {
    this.#steps.push({ what, remove });
  }

  /** The request was refused for good: nothing was made. */
  forget(what: string): void {
    this.#steps = this.#steps.filter((step) => step.what !== what);
  }

  /** Removes everything, the newest first, and answers what is left and why. */
  async all(): Promise<string[]> {
    const left: string[] = [];
    for (const { what, remove } of this.#steps.reverse()) {
      try {
        await remove();
      } catch (error) {
        left.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    this.#steps = [];
    return left;
  }
}
