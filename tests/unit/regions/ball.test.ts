import { describe, expect, it } from 'vitest';
import { networkFromJson } from '../../../src/model/json.ts';
import { ballRegions } from '../../../src/regions/ball/ball.ts';
import { OpenNodes } from '../../../src/regions/ball/openNodes.ts';
import { stepped } from '../../support/steps.ts';

const OCTANTS = networkFromJson({
  layers: [
    {
      W: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
    { W: [[1, 1, 1]] },
  ],
});

describe('the regions that meet a ball, by hand', () => {
  it('are 7 of 8 octants where the ball touches the corner of the last one', () => {
    // 2² + 3² + 6² = 7²
    for (const [r, regions] of [
      [stepped(7, -1), 7],
      [7, 7],
      [stepped(7, 1), 8],
    ]) {
      const found = ballRegions(OCTANTS, [2, 3, 6], r);
      expect(found).toMatchObject({ atLeast: regions, atMost: BigInt(regions), exact: true });
    }
  });

  it('do not count a pattern that only a crease has: relu(y) and relu(−y) are never both off', () => {
    const net = networkFromJson({
      layers: [
        {
          W: [
            [0, 1, 0, 0],
            [0, -1, 0, 0],
            [0, 3, 0, 0],
          ],
        },
        { W: [[1, 1, 1]] },
      ],
    });
    const found = ballRegions(net, [0.1, 0, 0.2, -0.3], 0.7);
    expect(found).toMatchObject({ atLeast: 2, exact: true });
    expect(found.exactDecisions).toBeGreaterThan(0);
  });

  it('are one where nothing changes: no hidden layer, dead neurons, a neuron that is zero throughout', () => {
    const affine = networkFromJson({ layers: [{ W: [[1, 2, 3]], b: [1] }] });
    expect(ballRegions(affine, [1, 1, 1], 5)).toMatchObject({ atLeast: 1, exact: true, C: 0 });
    const dead = networkFromJson({
      layers: [
        {
          W: [
            [0, 0, 0],
            [1, 0, 0],
          ],
          b: [-1, -9],
        },
        {
          W: [
            [1, 1],
            [-1, 2],
          ],
        },
        { W: [[1, 1]] },
      ],
    });
    expect(ballRegions(dead, [0, 0, 0], 5)).toMatchObject({ atLeast: 1, exact: true });
  });

  it('stop where they are told to, with a bound that holds', () => {
    const found = ballRegions(OCTANTS, [0, 0, 0], 1, { maxNodes: 2 });
    expect(found).toMatchObject({ nodes: 2, exact: false, atMost: 8n });
    expect(found.atLeast).toBeGreaterThan(1);
  });

  it('are refused for a ball that is none, in one sentence', () => {
    expect(() => ballRegions(OCTANTS, [0, 0, 0], 0)).toThrow(
      'the radius of the ball must be a finite number greater than 0',
    );
    expect(() => ballRegions(OCTANTS, [0, 0], 1)).toThrow(
      'the centre has 2 coordinates but the network takes 3',
    );
  });
});

describe('nodes that wait', () => {
  it('come by size, and from the last one on when there are many', () => {
    const open = new OpenNodes<{ key: number }>(3);
    const taken = () => open.take()?.key;
    for (const key of [2, 5, 1]) open.put({ key });
    expect(taken()).toBe(5);
    for (const key of [3, 9, 4]) open.put({ key });
    expect(open.count).toBe(5);
    expect([...open].map(({ key }) => key).sort()).toEqual([1, 2, 3, 4, 9]);
    expect([taken(), taken(), taken(), taken(), taken(), taken()]).toEqual([
      4,
      9,
      3,
      2,
      1,
      undefined,
    ]);
  });
});
