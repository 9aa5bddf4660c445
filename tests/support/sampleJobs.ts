import { DeviceLostError } from '../../src/compute/compute.ts';
import { InputError } from '../../src/errors.ts';
import { type Job, WorkerGoneError } from '../../src/jobs/protocol.ts';
import { moved, type Served } from '../../src/jobs/server.ts';

/** Jobs that show what the protocol does; in this thread, or in another one (`jobsThread.ts`). */
export interface SampleJobs {
  /** Counts to `to`, a millisecond of work a step, and says how far it is after every slice. */
  count: Job<{ to: number }, number, number>;
  /** What `count` has come to. */
  counted: Job<undefined, number>;
  /** Says 1, 2, … as soon as the number before was taken. */
  frames: Job<{ upTo: number }, string, number>;
  /** Sends sketches whose buffers move, then the sum; says how long the buffers still are on this side. */
  sketches: Job<{ parts: number }, { sum: Float64Array; left: number[] }, { sketch: Float64Array }>;
  fail: Job<{ as: string }, never>;
  /** A result that cannot be sent. */
  unsendable: Job<undefined, unknown>;
  never: Job<undefined, never>;
}

/** Keeps the thread busy. */
function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

const failures: Readonly<Record<string, () => Error>> = {
  InputError: () => new InputError('a radius must be positive'),
  WorkerGoneError: () => new WorkerGoneError(),
  DeviceLostError: () => new DeviceLostError('the device is lost'),
  RangeError: () => new RangeError('out of memory'),
  Odd: () => Object.assign(new Error('of an unknown class'), { name: 'Odd' }),
};

export function sampleJobs(): Served<SampleJobs> {
  let counted = 0;
  return {
    *count({ to }, turn) {
      for (counted = 0; counted < to; counted++) {
        if (counted % 10 === 9) turn.tell(counted);
        busy(1);
        yield;
      }
      return counted;
    },
    counted: () => counted,
    async frames({ upTo }, turn) {
      for (let i = 1; i <= upTo; i++) await turn.deliver(i);
      return 'all were taken';
    },
    async sketches({ parts }, turn) {
      const left: number[] = [];
      for (let i = 1; i <= parts; i++) {
        const sketch = new Float64Array(1000 * i).fill(i);
        turn.tell({ sketch }, [sketch.buffer]);
        left.push(sketch.length);
      }
      const sum = Float64Array.of((parts * (parts + 1)) / 2);
      return moved({ sum, left }, [sum.buffer]);
    },
    fail({ as }) {
      throw failures[as]();
    },
    unsendable: () => () => {},
    never: () => new Promise<never>(() => {}),
  };
}
