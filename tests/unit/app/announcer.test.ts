import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAnnouncer } from '../../../app/map/announcer.ts';
import { beginning, type Circle, type State } from '../../../app/session/state.ts';
import type { Frame } from '../../../src/jobs/services.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { readLink } from '../../../src/settings/link.ts';

const net = createNetwork({ widths: [2, 8, 1], negativeSlope: 0, initialiser: 'he', seed: 1 });
const circle = (x: number, id = 1): Circle => ({ id, x, y: 0, r: 0.2 });
const counted = (activationRegions: number, complete = true) => ({
  activationRegions,
  linearRegions: null,
  switching: new Uint8Array(8),
  complete,
  exactDecisions: 0,
});

interface Measured {
  readonly C: number;
  readonly regions: number | null;
  readonly complete?: boolean;
  readonly step?: number;
  readonly status?: Frame['status'];
}

/** The state with one circle, as it was measured. */
function stateOf(
  at: Circle,
  { C, regions, complete, step = 0, status = 'paused' }: Measured,
): State {
  return {
    ...beginning(readLink('').settings),
    circles: [at],
    selected: at.id,
    frame: { net, run: 0, step, status } as Frame,
    circleResults: {
      run: 0,
      net,
      step,
      circles: [at],
      bounds: [{ C, layers: [] }],
      exact: [regions === null ? null : counted(regions, complete)],
    },
  };
}

const unmeasured = (at: Circle): State => ({
  ...stateOf(at, { C: 0, regions: null }),
  circleResults: null,
});

describe('what a screen reader hears of the selected circle', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function listen(from: State) {
    const said: string[] = [];
    const announcer = createAnnouncer(from, (text) => said.push(text));
    return { said, ...announcer };
  }

  it('is nothing of what the page started with, also while a link is replayed', () => {
    const start = circle(0);
    const { said, hear } = listen(unmeasured(start));
    hear(stateOf(start, { C: 5, regions: null }));
    hear(stateOf(start, { C: 6, regions: null, step: 40, status: 'replaying' }));
    hear(stateOf(start, { C: 7, regions: 30, step: 80, status: 'paused' }));
    vi.advanceTimersByTime(9000);
    expect(said).toEqual([]);
  });

  it('is C and count at most every two seconds while a circle moves, and all of it once it rests', () => {
    const { said, hear } = listen(unmeasured(circle(0)));
    hear(stateOf(circle(0), { C: 5, regions: 12 }));
    // Twenty moves a second, for five seconds.
    for (let move = 1; move <= 100; move++) {
      hear(stateOf(circle(move / 100), { C: 10 + (move % 3), regions: 20 + move }));
      vi.advanceTimersByTime(50);
    }
    expect(said).toEqual(['60 regions, C 11', '100 regions, C 12']);
    vi.advanceTimersByTime(900);
    expect(said.length).toBe(2);
    vi.advanceTimersByTime(100);
    expect(said.slice(2)).toEqual([
      `Circle 1: C 11, at most 2${'\u202f'}048 regions, exactly 120.`,
    ]);
    vi.advanceTimersByTime(9000);
    expect(said.length).toBe(3);
  });

  it('follows the network as it learns, and says nothing twice', () => {
    const start = circle(0);
    const { said, hear } = listen(unmeasured(start));
    hear(stateOf(start, { C: 5, regions: 12 }));
    for (let step = 1; step <= 50; step++) {
      hear(stateOf(start, { C: 6, regions: 14, step, status: 'playing' }));
      vi.advanceTimersByTime(100);
    }
    // The numbers have rested since the first step, though the steps go on.
    expect(said).toEqual(['Circle 1: C 6, at most 64 regions, exactly 14.']);
    hear(stateOf(start, { C: 6, regions: 14, step: 51 }));
    vi.advanceTimersByTime(9000);
    expect(said.length).toBe(1);
  });

  it('claims no more than was counted', () => {
    const { said, hear } = listen(stateOf(circle(0), { C: 5, regions: 12 }));
    hear(stateOf(circle(1), { C: 60, regions: 1000, complete: false }));
    vi.advanceTimersByTime(1000);
    hear(stateOf(circle(2), { C: 3, regions: null }));
    vi.advanceTimersByTime(1000);
    expect(said).toEqual([
      `Circle 1: C 60, at most 2 to the power of 60 regions, at least 1${'\u202f'}000.`,
      'Circle 1: C 3, at most 8 regions, still being counted.',
    ]);
  });

  it('ends with the circle, and with the page', () => {
    const { said, hear, end } = listen(unmeasured(circle(0)));
    hear(stateOf(circle(0.5), { C: 5, regions: 12 }));
    vi.advanceTimersByTime(1000);
    hear({ ...unmeasured(circle(0.5)), circles: [], selected: null });
    expect(said.at(-1)).toBe('');
    hear(stateOf(circle(0.7), { C: 5, regions: 13 }));
    end();
    vi.advanceTimersByTime(9000);
    expect(said.at(-1)).toBe('');
  });
});
