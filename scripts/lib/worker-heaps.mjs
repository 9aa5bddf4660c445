/**
 * Memory of a page's workers, by the browser's debugging protocol. Playwright keeps the workers' own sessions to itself,
 * so they are reached through the page's: a message to a worker travels in one to the page, and a message to the worker
 * of a worker in one to that.
 *
 * @typedef {{ used: number, buffers: number }} Heap live objects, and the array buffers they hold, in bytes
 * @typedef {(method: string, params?: Record<string, unknown>) => Promise<any>} Send
 * @typedef {(method: string, params: any) => void} Hear
 * @typedef {{ name: string, send: Send, receive: (message: string) => void, end: () => void }} Worker
 */

const ATTACH = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
const EVENTS = /** @type {const} */ ([
  'Target.attachedToTarget',
  'Target.detachedFromTarget',
  'Target.receivedMessageFromTarget',
]);

/**
 * Live memory of one page or worker, after a garbage collection.
 * @param {Send} send
 * @returns {Promise<Heap>}
 */
export async function liveHeap(send) {
  await send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await send('Runtime.getHeapUsage');
  return { used: usedSize + embedderHeapUsedSize, buffers: backingStorageSize };
}

/**
 * Follows the workers of a page, and theirs. The returned function measures all that are there, by their names.
 * @param {import('@playwright/test').CDPSession} session of the page
 * @returns {Promise<() => Promise<Map<string, Heap>>>}
 */
export async function followWorkers(session) {
  /** @type {Map<string, Worker>} */
  const workers = new Map();
  /** @type {Map<string, number>} */
  const named = new Map();

  /** @param {string} url */
  const nameOf = (url) => {
    const kind = /(\w+)\.worker/.exec(url)?.[1] ?? url;
    named.set(kind, (named.get(kind) ?? 0) + 1);
    return `${kind} ${named.get(kind)}`;
  };

  /** @param {Send} send of the page or worker that tells @returns {Hear} */
  const hearFrom = (send) => (method, params) => {
    const { sessionId } = params;
    if (method === 'Target.attachedToTarget') {
      const worker = openWorker(nameOf(params.targetInfo.url), hearFrom, (message) =>
        send('Target.sendMessageToTarget', { sessionId, message }),
      );
      workers.set(sessionId, worker);
      // One that has ended meanwhile starts no workers.
      worker.send('Target.setAutoAttach', ATTACH).catch(() => workers.delete(sessionId));
    } else if (method === 'Target.receivedMessageFromTarget') {
      workers.get(sessionId)?.receive(params.message);
    } else if (method === 'Target.detachedFromTarget') {
      workers.get(sessionId)?.end();
      workers.delete(sessionId);
    }
  };

  const send = /** @type {Send} */ (session.send.bind(session));
  const hear = hearFrom(send);
  for (const event of EVENTS) session.on(event, (params) => hear(event, params));
  await send('Target.setAutoAttach', ATTACH);

  return async () => {
    /** @type {Map<string, Heap>} */
    const heaps = new Map();
    for (const [id, worker] of workers) {
      try {
        heaps.set(worker.name, await liveHeap(worker.send));
      } catch (error) {
        if (workers.has(id)) throw error; // otherwise it ended during the request
      }
    }
    return heaps;
  };
}

/**
 * @param {string} name
 * @param {(send: Send) => Hear} hearFrom
 * @param {(message: string) => Promise<unknown>} post
 * @returns {Worker}
 */
function openWorker(name, hearFrom, post) {
  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let last = 0;
  /** @type {Send} */
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      last++;
      waiting.set(last, { resolve, reject });
      post(JSON.stringify({ id: last, method, params })).catch(reject);
    });
  const hear = hearFrom(send);
  return {
    name,
    send,
    receive(message) {
      const { id, method, params, result, error } = JSON.parse(message);
      if (id === undefined) {
        if (EVENTS.includes(method)) hear(method, params);
        return;
      }
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new Error(`${name}: ${error.message}`));
      else asked?.resolve(result);
    },
    end() {
      for (const { reject } of waiting.values()) reject(new Error(`${name} has ended`));
      waiting.clear();
    },
  };
}
