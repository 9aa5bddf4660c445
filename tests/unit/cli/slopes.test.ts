import { describe, expect, it } from 'vitest';
import { answer, run } from './run.ts';

/**
 * ReLUs, an absolute value and neurons without a crease. The creases in [−1, 1]² are y = 0 of the first layer and x = 1/4
 * of the second, where f = |x − 1/4| + relu(y) − 1/2.
 */
const MIXED = {
  'mixed.json': JSON.stringify({
    layers: [
      {
        W: [
          [1, 0],
          [0, 1],
        ],
        slopes: [1, 0],
      },
      {
        W: [
          [1, 0],
          [0, 1],
        ],
        b: [-0.25, -0.5],
        slopes: [-1, 1],
      },
      { W: [[1, 1]] },
    ],
  }),
};
const ask = (words: string) => answer(words.split(' '), MIXED);

describe('a network whose neurons have different slopes', () => {
  it('is counted', async () => {
    expect(await ask('count mixed.json')).toMatchObject({
      activationRegions: 4,
      linearRegions: 4,
      vertices: 9,
      edges: 12,
      exact: true,
      area: 4,
    });
  });

  it('is counted on an interval', async () => {
    const fold = (b: number) => ({ W: [[1]], b: [b], activation: 'abs' });
    const layers = [fold(0), fold(-0.5), fold(-0.25), { W: [[1]] }];
    const file = { 'saw.json': JSON.stringify({ layers }) };
    expect(await answer(['count', 'saw.json'], file)).toMatchObject({
      activationRegions: 8,
      linearRegions: 8,
    });
  });

  it('has its creases measured, those of a neuron without one as 0', async () => {
    expect(await ask('stats mixed.json')).toMatchObject({
      activationRegions: 4,
      area: { min: 0.75, max: 1.25 },
      creaseLength: { activation: 4, linear: 4, perLayer: [2, 2], perNeuron: [0, 2, 2, 0] },
    });
  });

  it('has regions with the bit 1 for a neuron without a crease, and maps of either sign', async () => {
    expect(await ask('region mixed.json --at=-0.5,-0.5')).toMatchObject({
      pattern: [
        [1, 0],
        [0, 1],
      ],
      A: [[-1, 0]],
      b: [-0.25],
      polygon: [
        [0.25, -1],
        [0.25, 0],
        [-1, 0],
        [-1, -1],
      ],
      neighbours: [
        { layer: 1, neuron: 0, sameMap: false },
        { layer: 0, neuron: 1, sameMap: false },
      ],
    });
  });

  it('is followed along a segment, searched around a point, and met by a disc', async () => {
    expect(await ask('line mixed.json --from=-1,0.5 --to=1,0.5')).toEqual({
      activationRegions: 2,
      linearRegions: 2,
      crossings: [0.625],
    });
    expect(await ask('distance mixed.json --at=0,0.5')).toEqual({
      distance: 0.25,
      layer: 1,
      neuron: 0,
    });
    expect(await ask('distance mixed.json --at=0,0.5 --direction=-1,-1')).toEqual({
      distance: Math.SQRT1_2,
      layer: 0,
      neuron: 1,
    });
    expect(await ask('disc mixed.json --at=0,0.5 --r=0.3')).toMatchObject({ activationRegions: 2 });
  });

  it('is bounded by neurons that have a crease, for one ball and for many', async () => {
    const ball = await ask('bound mixed.json --at=0,0.5 --r=0.3 --samples=1000');
    expect(ball).toMatchObject({
      layers: [{ C: 0 }, { S: [1, 0], C: 1 }],
      C: 1,
      bound: '2',
      atLeast: 2,
    });
    for (const backend of ['reference', 'simd']) {
      const words = `bound mixed.json --centres c.csv --radius 0.3 --compute ${backend}`;
      const files = { ...MIXED, 'c.csv': '0,0.5\n-0.5,-0.5\n' };
      const { code, out } = await run(words.split(' '), files);
      expect([code, out.split('\n').slice(1, 3)]).toEqual([0, ['0,0,1,1,2,1', '1,0,0,0,1,0']]);
    }
  });

  it('is refused with one sentence where its file contradicts itself', async () => {
    const file = {
      'odd.json': '{"layers":[{"W":[[1,0]],"activation":"abs","slopes":[0]},{"W":[[1]]}]}',
    };
    const { code, out, error } = await run(['count', 'odd.json'], file);
    expect([code, out]).toEqual([2, '']);
    expect(error).toBe('reluscope: odd.json: layer 1: "slopes" has 0, but "activation" is "abs"\n');
  });
});
