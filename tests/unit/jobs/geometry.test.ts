import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Asks, Client } from '../../../src/jobs/client.ts';
import { geometryJobs } from '../../../src/jobs/geometry/geometry.ts';
import type { Crew } from '../../../src/jobs/geometry/pieces.ts';
import { Hold } from '../../../src/jobs/hold.ts';
import { portPair } from '../../../src/jobs/port.ts';
import { WorkerGoneError } from '../../../src/jobs/protocol.ts';
import { serve } from '../../../src/jobs/server.ts';
import type { GeometryJobs, PieceJobs } from '../../../src/jobs/services.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { nobody } from '../../support/sessionWorkers.ts';
import { startThread, threadScript } from '../../support/thread.ts';

const box = { xMin: -3, xMax: 3, yMin: -3, yMax: 3 };
const network = (widths: number[]) =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 4 });
const small = network([2, 8, 8, 1]);
const medium = network([2, 24, 24, 1]);
/** 38,701 regions: a few hundred milliseconds on a machine that has nothing else to do. */
const large = network([2, 64, 64, 64, 64, 64, 1]);
const maxRegions = 1_000_000;

const clients: Client<GeometryJobs>[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function geometry(crew: Crew = nobody): Client<GeometryJobs> {
  const [mine, theirs] = portPair();
  serve(theirs, geometryJobs(crew));
  const client = new Client<GeometryJobs>(mine);
  clients.push(client);
  return client;
}

describe('a picture', () => {
  it('is what the subdivision gives, with its linear regions', async () => {
    const { complex, linearCount } = await geometry().job('picture', {
      net: small,
      box,
      maxRegions,
    });
    const known = subdivide(small, box);
    expect(complex.faceCount).toBe(known.faceCount);
    expect(complex.coordinates).toEqual(known.coordinates);
    expect(linearCount).toBeLessThanOrEqual(complex.faceCount);
  });

  it('that takes long is sketched on the way, and says once that nobody shares it', async () => {
    const client = geometry();
    const sketches: number[] = [];
    const notices: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { complex } = await client.job(
        'picture',
        { net: large, box, maxRegions },
        {
          onProgress: (told) => {
            if ('notice' in told) notices.push(told.notice);
            else if (told.sketch) sketches.push(told.sketch.faceCount);
          },
        },
      );
      expect(complex.complete).toBe(true);
    }
    expect(sketches.length).toBeGreaterThan(0);
    expect(notices).toHaveLength(1);
  });

  it('that a person stops waits where it is; a newer one does not wait with it', async () => {
    const client = geometry();
    const hold = new Hold();
    const stop = new AbortController();
    let told = 0;
    const stopped = client.job(
      'picture',
      { net: large, box, maxRegions },
      { hold, signal: stop.signal, onProgress: () => void told++ },
    );
    hold.set(true);
    const newer = await client.job('picture', { net: small, box, maxRegions });
    expect(newer.complex.complete).toBe(true);
    expect(told).toBe(0);
    stop.abort();
    await expect(stopped).rejects.toBe(stop.signal.reason);
  });
});

describe('counts', () => {
  it('of a box wait while discs are being counted', async () => {
    const client = geometry();
    const ended: string[] = [];
    const counted = client.job('box', { net: small, box, maxRegions });
    const discs = [{ x: 0, y: 0, r: 3 }];
    const inDiscs = client.job('discs', { net: medium, discs });
    await Promise.all([
      counted.then(() => ended.push('box')),
      inDiscs.then(() => ended.push('discs')),
    ]);
    expect(ended).toEqual(['discs', 'box']);
    expect((await counted).activationRegions).toBe(subdivide(small, box).faceCount);
  });
});

describe('a picture that threads of Node share', () => {
  let script = '';
  const workers: Worker[] = [];
  beforeAll(async () => {
    script = await threadScript(
      fileURLToPath(new URL('../../support/pieceThread.ts', import.meta.url)),
    );
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  });

  function threads(count: number) {
    const members: Client<PieceJobs>[] = [];
    const crew = {
      size: count,
      get ready() {
        return members;
      },
      settled: true,
      hire: vi.fn(() => {
        while (members.length < count) {
          const { port, worker } = startThread(script);
          workers.push(worker);
          members.push(new Client<PieceJobs>(port));
        }
      }),
    };
    /** One of them has ended. */
    const lose = (at: number) => members.splice(at, 1)[0].close(new WorkerGoneError());
    const pending = () => members.reduce((sum, member) => sum + member.pending, 0);
    return { crew, lose, pending };
  }

  it('has the same regions as alone, also when one of them is lost on the way', async () => {
    const known = subdivide(large, box, { maxRegions });
    const { crew, lose, pending } = threads(2);
    const client = geometry(crew);
    const shared = await client.job('picture', { net: large, box, maxRegions });
    expect(crew.hire).toHaveBeenCalled();
    expect(shared.complex.faceCount).toBe(known.faceCount);
    const second = client.job('picture', { net: large, box, maxRegions });
    await vi.waitFor(() => expect(pending()).toBe(2), { interval: 1, timeout: 20_000 });
    lose(0);
    expect((await second).complex.faceCount).toBe(known.faceCount);
  });

  it('is cancelled in all of them, and stops at its limit in all of them', async () => {
    const { crew, pending } = threads(2);
    const client = geometry(crew);
    const stop = new AbortController();
    const { signal } = stop;
    const cancelled = client.job('picture', { net: large, box, maxRegions }, { signal });
    await vi.waitFor(() => expect(pending()).toBe(2), { interval: 1, timeout: 20_000 });
    stop.abort();
    await expect(cancelled).rejects.toBe(signal.reason);
    await vi.waitFor(() => expect(pending()).toBe(0));
    const { complex } = await client.job('picture', { net: large, box, maxRegions: 3000 });
    expect([complex.complete, pending()]).toEqual([false, 0]);
    expect(complex.faceCount).toBeLessThan(2 * 3000);
  });

  it('fails as soon as one of them fails, and leaves none of them running', async () => {
    const { crew, pending } = threads(2);
    const broken: Asks<PieceJobs> = {
      job: () => Promise.reject(new RangeError('out of memory')),
      rest: () => {},
    };
    const withBroken: Crew = {
      ...crew,
      get ready() {
        return [...crew.ready, broken];
      },
    };
    const failing = geometry(withBroken).job('picture', { net: large, box, maxRegions });
    await expect(failing).rejects.toThrow('out of memory');
    expect(crew.hire).toHaveBeenCalled();
    expect(pending()).toBe(0);
  });

  it('is finished by those who are left when one ends unexpectedly', async () => {
    const { crew, pending } = threads(2);
    const client = geometry(crew);
    const known = subdivide(large, box, { maxRegions });
    const shared = client.job('picture', { net: large, box, maxRegions });
    await vi.waitFor(() => expect(pending()).toBe(2), { interval: 1, timeout: 20_000 });
    await workers[workers.length - 1].terminate();
    expect((await shared).complex.faceCount).toBe(known.faceCount);
  });
});
