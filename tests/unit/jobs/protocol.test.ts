import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DeviceLostError } from '../../../src/compute/compute.ts';
import { InputError } from '../../../src/errors.ts';
import { Client } from '../../../src/jobs/client.ts';
import { Hold } from '../../../src/jobs/hold.ts';
import { type Port, portPair } from '../../../src/jobs/port.ts';
import { WorkerGoneError } from '../../../src/jobs/protocol.ts';
import { serve } from '../../../src/jobs/server.ts';
import { nextTask } from '../../../src/jobs/slices.ts';
import { type SampleJobs, sampleJobs } from '../../support/sampleJobs.ts';
import { startThread, threadScript } from '../../support/thread.ts';

let script = '';
beforeAll(async () => {
  script = await threadScript(
    fileURLToPath(new URL('../../support/jobsThread.ts', import.meta.url)),
  );
});

const clients: Client<SampleJobs>[] = [];
const workers: Worker[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

function here(): Port {
  const [mine, theirs] = portPair();
  serve(theirs, sampleJobs());
  return mine;
}

function thread(): Port {
  const { port, worker } = startThread(script);
  workers.push(worker);
  return port;
}

const ask = (port: Port): Client<SampleJobs> => {
  const client = new Client<SampleJobs>(port);
  clients.push(client);
  return client;
};

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await nextTask();
};

describe.each([
  { where: 'in the same thread', open: here },
  { where: 'in a thread of Node', open: thread },
])('jobs $where', ({ open }) => {
  it('answer, and say how far they are on the way', async () => {
    const told: number[] = [];
    const found = await ask(open()).job(
      'count',
      { to: 45 },
      { onProgress: (n) => void told.push(n) },
    );
    expect(found).toBe(45);
    expect(told).toEqual([9, 19, 29, 39]);
  });

  it('run side by side: a short one is answered between two slices of a long one', async () => {
    const client = ask(open());
    const ended: string[] = [];
    const long = client.job('count', { to: 200 }).then(() => ended.push('long'));
    const short = client.job('count', { to: 1 }).then(() => ended.push('short'));
    await Promise.all([long, short]);
    expect(ended).toEqual(['short', 'long']);
  });

  it('send what they have so far, and move the buffers instead of copying them', async () => {
    const lengths: number[] = [];
    const { sum, left } = await ask(open()).job(
      'sketches',
      { parts: 3 },
      { onProgress: ({ sketch }) => void lengths.push(sketch.length) },
    );
    expect(lengths).toEqual([1000, 2000, 3000]);
    expect(sum).toEqual(Float64Array.of(6));
    // Nothing is left of a buffer on the side that sent it.
    expect(left).toEqual([0, 0, 0]);
  });

  it('wait, where they want to, until what they said was taken', async () => {
    const client = ask(open());
    const heard: number[] = [];
    let take = () => {};
    const result = client.job(
      'frames',
      { upTo: 2 },
      {
        onProgress: (n) => {
          heard.push(n);
          return new Promise<void>((resolve) => {
            take = resolve;
          });
        },
      },
    );
    await vi.waitFor(() => expect(heard).toEqual([1]));
    // An answer to another call shows that the other side has had its turn.
    await client.job('counted', undefined);
    expect(heard).toEqual([1]);
    take();
    await vi.waitFor(() => expect(heard).toEqual([1, 2]));
    take();
    expect(await result).toBe('all were taken');
  });

  it('that are cancelled reject at once, and stop after the current slice', async () => {
    const client = ask(open());
    const stop = new AbortController();
    const told: number[] = [];
    const reason = new Error('enough');
    const long = client.job(
      'count',
      { to: 100_000 },
      {
        signal: stop.signal,
        onProgress: (n) => {
          told.push(n);
          stop.abort(reason);
        },
      },
    );
    await expect(long).rejects.toBe(reason);
    // The next request is answered after the current slice: 8 ms, a step a millisecond.
    const reached = await client.job('counted', undefined);
    expect(reached).toBeLessThan(told[0] + 20);
    expect(await client.job('counted', undefined)).toBe(reached);
    expect(told).toHaveLength(1);
    expect(client.pending).toBe(0);
    const before = client.job('count', { to: 1 }, { signal: stop.signal });
    await expect(before).rejects.toBe(reason);
  });

  it('that are heard out are heard until they have stopped', async () => {
    const client = ask(open());
    const stop = new AbortController();
    const order: string[] = [];
    const frames = client.job(
      'frames',
      { upTo: 10 },
      { signal: stop.signal, waitForStop: true, onProgress: (n) => void order.push(String(n)) },
    );
    stop.abort();
    await expect(frames).rejects.toBe(stop.signal.reason);
    // It had begun before it heard that it was cancelled.
    expect(order).toEqual(['1']);
  });

  it('wait where they are while they are held, for whatever reason, and go on from there', async () => {
    const client = ask(open());
    const hold = new Hold();
    const counting = client.job('count', { to: 60 }, { hold });
    hold.set(true);
    client.rest(true);
    await client.job('counted', undefined);
    const held = await client.job('counted', undefined);
    expect(held).toBeLessThan(60);
    await turns(20);
    client.rest(false);
    await turns(20);
    expect(await client.job('counted', undefined)).toBe(held);
    hold.set(false);
    expect(await counting).toBe(60);
  });

  it('rest while nobody can see them, also those that were asked for meanwhile', async () => {
    const client = ask(open());
    client.rest(true);
    const counting = client.job('count', { to: 60 });
    const first = await client.job('counted', undefined);
    await turns(20);
    expect(await client.job('counted', undefined)).toBe(first);
    client.rest(false);
    expect(await counting).toBe(60);
  });

  it('that are held are cancelled all the same', async () => {
    const client = ask(open());
    const stop = new AbortController();
    client.rest(true);
    const counting = client.job('count', { to: 60 }, { signal: stop.signal, waitForStop: true });
    await client.job('counted', undefined);
    stop.abort();
    await expect(counting).rejects.toBe(stop.signal.reason);
  });

  it('fail with an error of the class that was thrown', async () => {
    const client = ask(open());
    const errorOf = (as: string) => client.job('fail', { as }).catch((error: unknown) => error);
    expect(await errorOf('InputError')).toBeInstanceOf(InputError);
    expect(await errorOf('InputError')).toHaveProperty('message', 'a radius must be positive');
    expect(await errorOf('WorkerGoneError')).toBeInstanceOf(WorkerGoneError);
    expect(await errorOf('DeviceLostError')).toBeInstanceOf(DeviceLostError);
    expect(await errorOf('RangeError')).toBeInstanceOf(RangeError);
    expect(await errorOf('Odd')).toMatchObject({ name: 'Odd', message: 'of an unknown class' });
  });

  it('end with the error that handling their progress throws, and are cancelled', async () => {
    const client = ask(open());
    const broken = new Error('nobody can draw this');
    const failing = client.job(
      'frames',
      { upTo: 1e6 },
      {
        onProgress: (n) => {
          if (n === 2) throw broken;
        },
      },
    );
    await expect(failing).rejects.toBe(broken);
    const late = client.job(
      'count',
      { to: 100_000 },
      { onProgress: async () => Promise.reject(broken) },
    );
    await expect(late).rejects.toBe(broken);
    const reached = await client.job('counted', undefined);
    expect(await client.job('counted', undefined)).toBe(reached);
    expect(client.pending).toBe(0);
  });

  it('fail when nobody does them, and when their result cannot be sent', async () => {
    const client = ask(open());
    const unknown = client.job('nothing' as 'counted', undefined);
    await expect(unknown).rejects.toThrow('there is no job “nothing” here');
    const inherited = client.job('toString' as 'counted', undefined);
    await expect(inherited).rejects.toThrow('there is no job “toString” here');
    await expect(client.job('unsendable', undefined)).rejects.toThrow(/clone/i);
    expect(client.pending).toBe(0);
  });

  it('reject when the port is closed, and so do later ones', async () => {
    const client = ask(open());
    const waiting = client.job('never', undefined);
    expect(client.pending).toBe(1);
    client.close();
    await expect(waiting).rejects.toBeInstanceOf(WorkerGoneError);
    await expect(client.job('counted', undefined)).rejects.toBeInstanceOf(WorkerGoneError);
    expect(client.pending).toBe(0);
  });
});

describe('a thread that ends', () => {
  it('leaves nobody waiting', async () => {
    const { port, worker } = startThread(script);
    const client = ask(port);
    await client.job('counted', undefined);
    const waiting = client.job('never', undefined);
    const refused = waiting.catch((error: unknown) => error);
    await worker.terminate();
    expect(await refused).toBeInstanceOf(WorkerGoneError);
    expect(await refused).toHaveProperty('message', 'the other end was closed');
  });
});

describe('the side that serves', () => {
  it('cancels what it is at when the port is closed', async () => {
    const [mine, theirs] = portPair();
    let signal: AbortSignal | null = null;
    serve<Pick<SampleJobs, 'never'>>(theirs, {
      never: (_, turn) => {
        signal = turn.signal;
        return new Promise<never>(() => {});
      },
    });
    const client = new Client<SampleJobs>(mine);
    client.job('never', undefined).catch(() => {});
    await turns(2);
    expect(signal!.aborted).toBe(false);
    client.close();
    await turns(2);
    expect(signal!.aborted).toBe(true);
  });

  it('is not left waiting for somebody to take what it says when nobody is there', async () => {
    const [mine, theirs] = portPair();
    let ended = false;
    serve<Pick<SampleJobs, 'frames'>>(theirs, {
      async frames(_, turn) {
        try {
          await new Promise((resolve) => turn.signal.addEventListener('abort', resolve));
          await turn.deliver(1);
        } finally {
          ended = true;
        }
        return '';
      },
    });
    const client = new Client<SampleJobs>(mine);
    client.job('frames', { upTo: 1 }).catch(() => {});
    await turns(2);
    client.close();
    await turns(3);
    expect(ended).toBe(true);
  });
});
