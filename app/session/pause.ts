/** A wait for things to come to rest, which ends at once when they do not. */
export class Pause {
  #end: () => void = () => {};

  /** Resolves after `ms` milliseconds, or as soon as `end` is called. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  end(): void {
    this.#end();
  }
}
