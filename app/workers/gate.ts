import { nextTask } from '../../src/nextTask.ts';

/** Where long work looks up between its slices: it is let through, or waits until it may go on. */
export class Gate {
  private closed = false;
  private waiting: (() => void)[] = [];

  /** Lets waiting messages in, and comes back as soon as the gate is open. */
  async pass(): Promise<void> {
    await nextTask();
    while (this.closed) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  hold(held: boolean): void {
    this.closed = held;
    if (held) return;
    const { waiting } = this;
    this.waiting = [];
    for (const goOn of waiting) goOn();
  }
}
