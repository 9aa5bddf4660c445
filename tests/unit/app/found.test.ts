import { describe, expect, it } from 'vitest';
import { countText, foundRegions } from '../../../app/panels/inspector/found.ts';
import { measuredCircle, sampledCircle, stepToTell } from '../../../app/session/measured.ts';
import { sampleSteps } from '../../../app/session/sampling.ts';
import type { CircleResults, SampledCircle } from '../../../app/session/state.ts';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import type { DiscRegions } from '../../../src/regions/query/disc.ts';

const counted = (activationRegions: number, complete = true): DiscRegions => ({
  activationRegions,
  linearRegions: complete ? activationRegions : null,
  switching: new Uint8Array(8),
  complete,
  exactDecisions: 0,
});
const network = (widths: number[]) =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });

describe('what is known of the regions in a circle', () => {
  it('is the exact count where it is complete, whatever samples show', () => {
    const found = foundRegions(counted(60), { atLeast: 58, samples: 2000 });
    expect(found).toEqual({ regions: 60, complete: true, samples: null });
  });

  it('is what samples show while the regions are being counted', () => {
    const found = foundRegions(null, { atLeast: 58, samples: 2000 });
    expect(found).toEqual({ regions: 58, complete: false, samples: 2000 });
    expect(foundRegions(null, null)).toBeNull();
  });

  it('is the larger of the two where the count stopped at its limit', () => {
    const partly = counted(500, false);
    expect(foundRegions(partly, null)).toEqual({ regions: 500, complete: false, samples: null });
    expect(foundRegions(partly, { atLeast: 499, samples: 9 })?.samples).toBeNull();
    expect(foundRegions(partly, { atLeast: 501, samples: 900 })).toEqual({
      regions: 501,
      complete: false,
      samples: 900,
    });
  });
});

describe('samples beside the results of a circle', () => {
  const net = network([2, 8, 1]);
  const circle = { id: 3, x: 0, y: 0, r: 1 };
  const sampled: SampledCircle = { run: 1, net, circle, atLeast: 58, samples: 2000 };
  const results = (part: Partial<CircleResults>): CircleResults => ({
    run: 1,
    net,
    step: 0,
    circles: [circle],
    bounds: [algorithmOne(net, [0, 0], 1)],
    exact: [counted(60)],
    ...part,
  });

  it('are shown for the circle they were drawn from', () => {
    expect(sampledCircle(results({}), sampled, 3)).toBe(sampled);
    expect(sampledCircle(results({ exact: [null] }), sampled, 3)).toBe(sampled);
  });

  it('are not for a circle that has moved, another one, or another run', () => {
    expect(sampledCircle(results({ circles: [{ ...circle, x: 1 }] }), sampled, 3)).toBeNull();
    expect(sampledCircle(results({}), sampled, 4)).toBeNull();
    expect(sampledCircle(results({ run: 2 }), sampled, 3)).toBeNull();
    expect(sampledCircle(null, sampled, 3)).toBeNull();
  });

  it('never say more than an exact count of a later step', () => {
    const later = network([2, 8, 1]);
    expect(sampledCircle(results({ net: later }), sampled, 3)).toBe(sampled);
    expect(sampledCircle(results({ net: later, exact: [counted(57)] }), sampled, 3)).toBeNull();
  });

  it('never say more than the bound of a later step, before its count is there', () => {
    const later = network([2, 8, 1]);
    const of = (x: number) => ({
      net: later,
      exact: [null],
      bounds: [algorithmOne(later, [x, 0], 0.5)],
    });
    // Far away all neurons are decided.
    expect(algorithmOne(later, [1e6, 0], 0.5).C).toBe(0);
    expect(sampledCircle(results(of(1e6)), sampled, 3)).toBeNull();
    const one: SampledCircle = { ...sampled, atLeast: 1 };
    expect(sampledCircle(results(of(1e6)), one, 3)).toBe(one);
  });
});

describe('the looks at a circle', () => {
  it('begin with few points and end with many', () => {
    expect(sampleSteps(network([2, 16, 16, 1]))).toEqual([2000, 20_000, 100_000]);
  });

  it('draw fewer points through a network that takes long, and always some', () => {
    const wide = sampleSteps(network([2, 256, 256, 256, 256, 1]));
    expect(wide[0]).toBeLessThan(500);
    expect(wide[0]).toBeGreaterThanOrEqual(50);
    expect(wide[2]).toBeGreaterThan(20 * wide[0]);
    for (const points of wide) expect(String(points)).toMatch(/^\d\d?0*$/);
  });
});

describe('a count of a circle that stopped at its limit', () => {
  const net = network([2, 8, 1]);
  const measured = (exact: DiscRegions) =>
    measuredCircle(
      {
        run: 1,
        net,
        step: 0,
        circles: [{ id: 3, x: 0, y: 0, r: 1 }],
        bounds: [algorithmOne(net, [0, 0], 1)],
        exact: [exact],
      },
      3,
    );

  it('calls no neuron a false alarm: it may switch where nobody looked', () => {
    expect(measured(counted(60))?.switching).toHaveLength(1);
    expect(measured(counted(500, false))?.switching).toBeNull();
  });

  it('is “at least” wherever it stands', () => {
    expect(countText(counted(60))).toBe('60');
    expect(countText(counted(500, false))).toBe('≥ 500');
  });
});

describe('the step told beside a number', () => {
  const frame = (step: number, status: string) =>
    ({ step, status }) as unknown as Parameters<typeof stepToTell>[0];

  it('is that of the number, while training goes on and where it is behind', () => {
    expect(stepToTell(frame(120, 'playing'), 120)).toBe(120);
    expect(stepToTell(frame(120, 'paused'), 97)).toBe(97);
    expect(stepToTell(frame(120, 'paused'), 120)).toBeNull();
    expect(stepToTell(null, 97)).toBeNull();
  });
});
