import { describe, expect, it } from 'vitest';
import { Turns } from '../../../src/compute/packed/calls.ts';
import { createSimdCompute } from '../../../src/compute/simd/backend.ts';
import { nextTask } from '../../../src/jobs/slices.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { scatter } from '../../gpu/nets.ts';

const REASON = new Error('enough');

describe('work that takes turns', () => {
  it('is done in the order in which it was asked for, also after one that fails', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const piece = (name: string) => async () => {
      seen.push(`${name} begins`);
      await nextTask();
      seen.push(`${name} ends`);
      if (name === 'b') throw REASON;
      return name;
    };
    const [a, b, c] = ['a', 'b', 'c'].map((name) => turns.next(piece(name), undefined));
    await expect(b).rejects.toBe(REASON);
    expect(await Promise.all([a, c])).toEqual(['a', 'c']);
    expect(seen).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('is passed over when it is aborted before its turn, which is heard at once', async () => {
    const turns = new Turns();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const stop = new AbortController();
    let begun = 0;
    const count = async () => ++begun;
    const first = turns.next(() => held, undefined);
    const second = turns.next(count, stop.signal);
    const third = turns.next(count, undefined);
    stop.abort(REASON);
    await expect(second).rejects.toBe(REASON);
    await expect(turns.next(count, stop.signal)).rejects.toBe(REASON);
    release();
    await first;
    expect([await third, begun]).toEqual([1, 1]);
  });
});

describe('a call that waits for another', () => {
  it('rejects while the other is still running', async () => {
    const compute = await createSimdCompute();
    const net = createNetwork({
      widths: [2, 64, 64, 1],
      negativeSlope: 0,
      initialiser: 'he',
      seed: 2,
    });
    const points = scatter(60_000, 2);
    const stop = new AbortController();
    let done = 0;
    const first = compute.bounds(net, points, 0.1, { onProgress: (share) => (done = share) });
    const second = compute.forward(net, points, { signal: stop.signal });
    await nextTask();
    stop.abort(REASON);
    await expect(second).rejects.toBe(REASON);
    expect(done).toBeLessThan(1);
    expect((await first).C.length).toBe(120_000);
    expect((await compute.forward(net, points)).length).toBe(60_000);
  });
});
