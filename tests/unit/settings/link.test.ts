import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyDisc } from '../../../src/settings/compound.ts';
import { readLink, writeLink } from '../../../src/settings/link.ts';
import { initialSettings, type Settings } from '../../../src/settings/schema.ts';

const roundTrip = (part: Partial<Settings>) => readLink(writeLink({ ...initialSettings, ...part }));

describe('a link', () => {
  it('is not empty while every setting has its default: an address without a hash opens a scene', () => {
    expect(writeLink(initialSettings)).toBe('steps=0');
    expect(readLink('steps=0')).toEqual({ settings: initialSettings, problems: [] });
    expect(readLink('')).toEqual({ settings: initialSettings, problems: [] });
    expect(readLink('#')).toEqual({ settings: initialSettings, problems: [] });
  });

  it('uses readable keys and leaves commas as they are', () => {
    const link = writeLink({
      ...initialSettings,
      data: 'spiral',
      net: [2, 16, 16, 1],
      steps: 400,
      pick: [[0.2, -0.1, 0.25]],
    });
    expect(link).toBe('data=spiral&net=2-16-16-1&steps=400&pick=0.2,-0.1,0.25');
  });

  it('brings back what was written, for any settings within the limits', () => {
    const coordinate = fc
      .double({ min: -3, max: 3, noNaN: true })
      .map((v) => Number(v.toFixed(4)) + 0);
    fc.assert(
      fc.property(
        fc.record({
          data: fc.constantFrom(
            'circle',
            'xor',
            'gaussians',
            'spiral',
            'moons',
            'checkerboard',
            'drawn',
          ),
          n: fc.integer({ min: 10, max: 2000 }),
          noise: fc.integer({ min: 0, max: 50 }).map((v) => v / 100),
          points: fc.array(fc.tuple(coordinate, coordinate, fc.integer({ min: 0, max: 1 })), {
            maxLength: 20,
          }),
          net: fc
            .array(fc.integer({ min: 1, max: 256 }), { minLength: 1, maxLength: 8 })
            .map((hidden) => [2, ...hidden, 1]),
          act: fc.constantFrom('relu' as const, 'leaky' as const),
          seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
          opt: fc.constantFrom('sgd', 'momentum', 'adam'),
          steps: fc.integer({ min: 0, max: 1_000_000 }),
          pick: fc.array(
            fc.tuple(
              coordinate,
              coordinate,
              fc.integer({ min: 1, max: 900 }).map((v) => v / 100),
            ),
            { maxLength: 12 },
          ),
          hide: fc.constantFrom([], ['creases'] as const, ['boundary', 'test'] as const),
        }),
        (part) => {
          const { settings, problems } = roundTrip(part as Partial<Settings>);
          expect(problems).toEqual([]);
          expect(settings).toEqual({ ...initialSettings, ...part });
        },
      ),
    );
  });

  it('never yields a value outside the limits, whatever it says', () => {
    const text = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constantFrom('1e999', '-0', 'NaN', ';;', '2--1'),
    );
    const key = fc.constantFrom(
      'n',
      'noise',
      'net',
      'lr',
      'pick',
      'view',
      'run',
      'points',
      'hide',
      'data',
      'nosuch',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, text)), (pairs) => {
        const { settings } = readLink(new URLSearchParams(pairs).toString());
        expect(settings.n).toBeGreaterThanOrEqual(10);
        expect(settings.n).toBeLessThanOrEqual(2000);
        expect(settings.lr).toBeGreaterThan(0);
        expect(Object.values(settings.view).every(Number.isFinite)).toBe(true);
        expect(settings.view.half).toBeGreaterThan(0);
        expect(settings.pick.every(([x, y, r]) => Number.isFinite(x + y) && r > 0)).toBe(true);
        expect(settings.net.slice(1, -1).every((w) => w >= 1 && w <= 256)).toBe(true);
      }),
    );
  });

  it('keeps the very place of a circle; one set by hand has as many digits as the eye', () => {
    const deep = [Math.PI / 10, -Math.SQRT1_2, 2.5e-10];
    const wide = [1 / 3, 2 / 3, 0.25];
    const { settings, problems } = readLink(writeLink({ ...initialSettings, pick: [deep, wide] }));
    expect(problems).toEqual([]);
    expect(settings.pick).toEqual([deep, wide]);
    for (const [x, y, r] of [deep, wide]) {
      const byHand = tidyDisc({ x, y, r }, 1.2);
      expect(Math.hypot(byHand.x - x, byHand.y - y)).toBeLessThan(1e-6 * r);
      expect(byHand.r).toBe(r);
    }
    const { x, y, r } = tidyDisc({ x: 1 / 3, y: 2 / 3, r: 0.25 }, 1.2);
    expect(writeLink({ ...initialSettings, pick: [[x, y, r]] })).toBe(
      'pick=0.3333333,0.6666667,0.25',
    );
    // However large the circle, it can be moved by a pixel of the view.
    const moved = tidyDisc({ x: 1e-9, y: 0, r: 90 }, 1e-7);
    expect(moved.x).toBe(1e-9);
  });

  it.each([
    ['n=5000', 'Samples', (s: Settings) => s.n, 2000],
    ['n=12.4', 'Samples', (s: Settings) => s.n, 12],
    ['lr=fast', 'Learning rate', (s: Settings) => s.lr, initialSettings.lr],
    ['lr=', 'Learning rate', (s: Settings) => s.lr, initialSettings.lr],
    ['data=cats', 'Data', (s: Settings) => s.data, 'circle'],
    ['net=3-8-1', 'Network', (s: Settings) => s.net, initialSettings.net],
    ['net=2-8-400-1', 'Network', (s: Settings) => s.net, [2, 8, 256, 1]],
    [
      'net=2-1-1-1-1-1-1-1-1-1-1',
      'Network',
      (s: Settings) => s.net,
      [2, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ],
    ['pick=0,0,0.5;1,x,2', 'Circles', (s: Settings) => s.pick, [[0, 0, 0.5]]],
    ['view=0,0,-1', 'View', (s: Settings) => s.view, initialSettings.view],
    ['hide=creases,noise', 'Hidden', (s: Settings) => s.hide, ['creases']],
    ['run=20,adam,0.1,16,0,0;10,sgd,0.1,16,0,0', 'Earlier', (s: Settings) => s.run, []],
  ])('names what is wrong with %s and goes on', (hash, name, read, value) => {
    const { settings, problems } = readLink(hash);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(read(settings)).toEqual(value);
  });

  it('does not say that there are too many circles when one cannot be read', () => {
    expect(readLink('pick=1,2').problems).toEqual([
      'Circles: 1 of 1 could not be read; none is used.',
    ]);
    const many = Array(13).fill('0,0,1').join(';');
    expect(readLink(`pick=${many}`).problems).toEqual([
      'Circles: 1 left out (at most 12); 12 are used.',
    ]);
  });

  it('names a key it does not know', () => {
    expect(readLink('colour=red').problems).toEqual([
      '“colour” is not a setting; it was left out.',
    ]);
  });
});
