import { nextTask } from '../../src/jobs/slices.ts';

/** Why work waits: a person stopped it, or nobody can see what would come of it. */
type Reason = 'stopped' | 'unseen';

/** Where long work looks up between its slices: it is let through, or waits until it may go on. */
export class Gate {
  private readonly closedBy = new Set<Reason>();
  private waiting: (() => void)[] = [];

  /** Lets waiting messages in, and comes back as soon as the gate is open. */
  async pass(): Promise<void> {
    await nextTask();
    await this.opened();
  }

  /** Comes back as soon as the gate is open. */
  async opened(): Promise<void> {
    while (this.closedBy.size > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Every reason is lifted by itself: what a person stopped does not go on because it is seen again. */
  hold(held: boolean, reason: Reason = 'stopped'): void {
    if (held) this.closedBy.add(reason);
    else this.closedBy.delete(reason);
    if (this.closedBy.size > 0) return;
    const { waiting } = this;
    this.waiting = [];
    for (const goOn of waiting) goOn();
  }
}
