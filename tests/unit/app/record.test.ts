import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChartStrip } from '../../../app/charts/ChartStrip.tsx';
import { columnsOf, emptyHistory } from '../../../app/session/history.ts';
import { createRecords } from '../../../app/session/record.ts';
import {
  type BoxCount,
  beginning,
  type CircleResults,
  type State,
} from '../../../app/session/state.ts';
import { squareOf } from '../../../app/session/view.ts';
import type { Frame } from '../../../src/jobs/services.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { DATA_VIEW, initialSettings } from '../../../src/settings/schema.ts';

const net = createNetwork({ widths: [2, 4, 1], negativeSlope: 0, initialiser: 'he', seed: 1 });
const context = {
  state: beginning(initialSettings),
  set(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
  },
};
const records = createRecords(context);
const looked = { loss: 0.5, accuracy: 0.75 };

function take(step: number, evaluatedStep = step): void {
  const frame: Frame = {
    run: 1,
    status: 'playing',
    step,
    epoch: 0,
    net,
    train: looked,
    test: looked,
    dead: false,
    evaluatedStep,
  };
  context.set({ frame });
  records.frame(frame);
}
const count = (step: number, regions: number, part: Partial<BoxCount> = {}): BoxCount => ({
  run: 1,
  net,
  step,
  box: squareOf(DATA_VIEW),
  beside: null,
  activationRegions: regions,
  linearRegions: regions,
  complete: true,
  ...part,
});
const columns = () => columnsOf(context.state.history);

beforeEach(() => context.set({ history: emptyHistory(), frame: null }));

describe('what the charts record', () => {
  it('is a count at its own step, though training has gone on', () => {
    for (const step of [3, 6, 9]) take(step);
    records.count(count(6, 321));
    expect(columns().series.activationRegions).toEqual([Number.NaN, 321, Number.NaN]);
  });

  it('is no count of another run, and a gap where the limit was reached', () => {
    for (const step of [3, 6]) take(step);
    records.count(count(3, 50, { run: 0 }));
    records.count(count(6, 1e6, { complete: false, linearRegions: null }));
    expect(columns().series.activationRegions).toEqual([Number.NaN, Number.NaN]);
    expect(columns().series.linearRegions).toEqual([Number.NaN, Number.NaN]);
  });

  it('is no loss at a step that nobody looked at', () => {
    take(3);
    take(6, 3);
    expect(columns().steps).toEqual([3]);
    take(6);
    expect(columns().steps).toEqual([3, 6]);
  });

  it('is the mean bound at the step of the circles, and none when they are gone', () => {
    for (const step of [3, 6]) take(step);
    const bounds = [{ C: 3 }, { C: 4 }] as unknown as CircleResults['bounds'];
    records.circles({ run: 1, net, step: 3, circles: [], bounds, exact: [] });
    expect(columns().series.meanC).toEqual([3.5, Number.NaN]);
    records.circles({ run: 1, net, step: 6, circles: [], bounds, exact: [] });
    records.circles(null);
    expect(columns().series.meanC).toEqual([3.5, Number.NaN]);
  });
});

describe('the chart of the regions', () => {
  const drawn = (beyond: number | null) => {
    take(3);
    records.count(count(3, 321));
    return renderToStaticMarkup(
      createElement(ChartStrip, { ...columns(), beyond, onSquare: () => {} }),
    );
  };

  it('names the square that it counts in', () => {
    const strip = drawn(null);
    expect(strip).toContain('Regions in [−1.2, 1.2]²');
    expect(strip).toContain('activation </small>321');
  });

  it('says “at least” where the count stopped at its limit', () => {
    const strip = drawn(1_000_000);
    expect(strip).toContain('at least 1\u202f000\u202f000');
    expect(strip).not.toContain('321');
  });
});
