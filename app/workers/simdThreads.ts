import type { FromThread, ToThread } from '../../src/compute/simd/protocol.ts';
import type { Port } from '../../src/jobs/port.ts';
import SimdWorker from './simd.worker.ts?worker';
import { WatchedWorker } from './watched.ts';

/** One worker that runs kernels; who has the use of it talks to it as to a port. */
class Thread {
  readonly #watched: WatchedWorker;
  readonly #port: Port;
  readonly #onFailure: (thread: Thread) => void;
  #hear: (message: unknown) => void = () => {};
  #hearFailure: (error: Error) => void = () => {};
  #failure: Error | null = null;
  /** Chunks that it has not answered yet. */
  #unanswered = 0;

  constructor(onFailure: (thread: Thread) => void) {
    this.#onFailure = onFailure;
    this.#watched = new WatchedWorker(() => new SimdWorker(), {
      onFailure: ({ cause, detail }) => this.#fail(detail || `the worker is ${cause}`),
      // What it had in hand another does again.
      onSilence: (silent) => silent && this.#fail('the worker does not answer'),
    });
    this.#port = this.#watched.port;
    this.#port.listen(
      (message) => {
        const answer = message as FromThread;
        if (answer.kind === 'failed') return this.#fail(answer.message);
        this.#unanswered--;
        this.#hear(message);
      },
      ({ message }) => this.#fail(message),
    );
  }

  /** Whether somebody else can have it: nobody would get the answers meant for the one before. */
  get free(): boolean {
    return this.#failure === null && this.#unanswered === 0;
  }

  port(onClose: () => void): Port {
    return {
      post: (message, transfer) => {
        if ((message as ToThread).kind === 'chunk') this.#unanswered++;
        this.#port.post(message, transfer);
      },
      listen: (onMessage, onFailure) => {
        this.#hear = onMessage;
        this.#hearFailure = onFailure;
        if (this.#failure) onFailure(this.#failure);
      },
      close: () => {
        this.#hear = () => {};
        this.#hearFailure = () => {};
        onClose();
      },
    };
  }

  end(): void {
    this.#watched.end();
  }

  #fail(message: string): void {
    if (this.#failure) return;
    this.#failure = new Error(message);
    this.end();
    this.#onFailure(this);
    this.#hearFailure(this.#failure);
  }
}

/**
 * The threads of the SIMD backend. They are started early and never ended while they work, also when another backend
 * takes over: a worker that is started later asks the site for its script, and the site may be out of reach by then.
 */
export class SimdThreads {
  /** Hears of each thread that did not start or is no more. */
  onFailure: () => void = () => {};
  #parked: Thread[] = [];
  readonly #used = new Set<Thread>();

  /** Starts threads until `count` are there, in use or not. */
  prepare(count: number): void {
    while (this.#parked.length + this.#used.size < count) this.#parked.push(this.#start());
  }

  /** A thread for one who wants one; it comes back here when it is closed. */
  spawn(): Port {
    const thread = this.#parked.pop() ?? this.#start();
    this.#used.add(thread);
    return thread.port(() => {
      this.#used.delete(thread);
      if (thread.free) this.#parked.push(thread);
      else thread.end();
    });
  }

  #start(): Thread {
    return new Thread((thread) => {
      this.#parked = this.#parked.filter((other) => other !== thread);
      this.onFailure();
    });
  }
}
