import type { FromThread, ToThread } from '../../src/compute/simd/protocol.ts';
import type { Port } from '../../src/jobs/port.ts';
import SimdWorker from './simd.worker.ts?worker';
import { WatchedWorker } from './watched.ts';

/** One worker that runs kernels; whoever uses it has a port to it. */
class Thread {
  readonly #watched: WatchedWorker;
  readonly #port: Port;
  readonly #onFailure: (thread: Thread) => void;
  #receive: (message: unknown) => void = () => {};
  #receiveFailure: (error: Error) => void = () => {};
  #failure: Error | null = null;
  /** Chunks that it has not answered yet. */
  #unanswered = 0;

  constructor(onFailure: (thread: Thread) => void) {
    this.#onFailure = onFailure;
    this.#watched = new WatchedWorker(() => new SimdWorker(), {
      onFailure: ({ cause, detail }) => this.#fail(detail || `the worker is ${cause}`),
      // Another thread computes its chunk again.
      onSilence: (silent) => silent && this.#fail('the worker does not answer'),
    });
    this.#port = this.#watched.port;
    this.#port.listen(
      (message) => {
        const answer = message as FromThread;
        if (answer.kind === 'failed') return this.#fail(answer.message);
        this.#unanswered--;
        this.#receive(message);
      },
      ({ message }) => this.#fail(message),
    );
  }

  /** Whether it can be reused: no answer for the previous user is still to come. */
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
        this.#receive = onMessage;
        this.#receiveFailure = onFailure;
        if (this.#failure) onFailure(this.#failure);
      },
      close: () => {
        this.#receive = () => {};
        this.#receiveFailure = () => {};
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
    this.#receiveFailure(this.#failure);
  }
}

/**
 * The threads of the SIMD backend. They are started early and never ended while they work, also when another backend
 * takes over: a worker that is started later asks the site for its script, and the site may be out of reach by then.
 */
export class SimdThreads {
  /** Called for each thread that did not start or has ended. */
  onFailure: () => void = () => {};
  #parked: Thread[] = [];
  readonly #used = new Set<Thread>();

  /** Starts threads until `count` are there, in use or not. */
  prepare(count: number): void {
    while (this.#parked.length + this.#used.size < count) this.#parked.push(this.#start());
  }

  /** A port to a thread; when it is closed, the thread can be used again. */
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
