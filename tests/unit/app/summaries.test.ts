import { describe, expect, it } from 'vitest';
import {
  backendName,
  dataSummary,
  networkSummary,
  pictureSummary,
  trainingSummary,
} from '../../../app/panels/rail/summaries.ts';
import { boundMethods } from '../../../src/bounds/methods.ts';
import { initialSettings, schema } from '../../../src/settings/schema.ts';

describe('the line of a folded group', () => {
  it('says the settings of a first visit in a few words', () => {
    expect(dataSummary(initialSettings)).toBe('Circle, 300 points');
    expect(networkSummary(initialSettings)).toBe('2–8–8–1');
    expect(trainingSummary(initialSettings)).toBe('Adam, 0.01');
    expect(pictureSummary(initialSettings)).toBe('Regions');
  });

  it('says how many points were drawn, not how many samples other data would have', () => {
    const drawn = { ...initialSettings, data: 'drawn', points: [[0, 0, 1]] } as const;
    expect(dataSummary(drawn)).toBe('Your own, 1 point');
  });

  it('names a regularisation that is on, the bound that is drawn, and how much is hidden', () => {
    expect(trainingSummary({ ...initialSettings, l2: 0.001 })).toBe('Adam, 0.01, L2 0.001');
    expect(trainingSummary({ ...initialSettings, lr: 1e-5, l1: 1 })).toBe('Adam, 0.00001, L1 1');
    const bound = { ...initialSettings, show: 'bound', method: 'crown' } as const;
    expect(pictureSummary({ ...bound, hide: ['creases', 'test'] })).toBe(
      'Bound C, CROWN, 2 hidden',
    );
  });

  it('is short enough not to be cut: equal widths together, and no name for what is usual', () => {
    const net = [2, 4, 4, 4, 4, 1];
    expect(networkSummary({ ...initialSettings, net })).toBe('2–4×4–1');
    expect(networkSummary({ ...initialSettings, net: [2, 16, 16, 1] })).toBe('2–16–16–1');
    expect(networkSummary({ ...initialSettings, act: 'leaky' })).toBe('2–8–8–1, Leaky ReLU');
    expect(pictureSummary({ ...initialSettings, show: 'bound' })).toBe('Bound C');
  });

  it('has a label for every choice', () => {
    for (const { key, label } of schema.data.options)
      expect(dataSummary({ ...initialSettings, data: key })).toContain(label);
    for (const { key, label } of schema.opt.options)
      expect(trainingSummary({ ...initialSettings, opt: key })).toContain(label);
    for (const method of boundMethods)
      expect(pictureSummary({ ...initialSettings, show: 'bound', method })).not.toMatch(
        /undefined/,
      );
    for (const { key, label } of schema.compute.options)
      if (key !== 'auto') expect(backendName(key)).toBe(label);
  });
});
