/** One end of a channel to another thread, or to another part of the same one. */
export interface Port {
  /** Sends a message; the buffers in `transfer` are moved, not copied. */
  post(message: unknown, transfer: ArrayBuffer[]): void;
  /** `onFailure` is called when the other end did not start or died. */
  listen(onMessage: (message: unknown) => void, onFailure: (error: Error) => void): void;
  close(): void;
}

type WebEnd = Pick<Worker, 'postMessage' | 'addEventListener'> & {
  start?(): void;
  close?(): void;
  terminate?(): void;
};

/** A web worker, a worker's own scope, or a message port: of a page, of a worker, or of Node. */
export function webPort(end: WebEnd): Port {
  return {
    post: (message, transfer) => end.postMessage(message, transfer),
    listen(onMessage, onFailure) {
      end.addEventListener('message', ({ data }) => onMessage(data));
      end.addEventListener('messageerror', () => onFailure(new Error('a message was lost')));
      end.addEventListener('error', ({ message }) =>
        onFailure(new Error(message || 'the worker did not start')),
      );
      // Only message ports fire this event, when their other end is gone.
      (end as Pick<EventTarget, 'addEventListener'>).addEventListener('close', () =>
        onFailure(new Error('the other end was closed')),
      );
      end.start?.();
    },
    close: () => (end.terminate ? end.terminate() : end.close?.()),
  };
}

/** Two ends of a channel within one thread. Messages are cloned and buffers moved, as between threads. */
export function portPair(): [Port, Port] {
  const ends = [new NearPort(), new NearPort()] as const;
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  return [...ends];
}

class NearPort implements Port {
  other: NearPort | null = null;
  #receive: (message: unknown) => void = () => {};
  #fail: (error: Error) => void = () => {};

  post(message: unknown, transfer: ArrayBuffer[]): void {
    const clone: unknown = structuredClone(message, { transfer });
    const { other } = this;
    queueMicrotask(() => {
      if (other && this.other) other.#receive(clone);
    });
  }

  listen(onMessage: (message: unknown) => void, onFailure: (error: Error) => void): void {
    this.#receive = onMessage;
    this.#fail = onFailure;
  }

  close(): void {
    const { other } = this;
    if (!other) return;
    this.other = null;
    other.other = null;
    queueMicrotask(() => other.#fail(new Error('the other end was closed')));
  }
}
