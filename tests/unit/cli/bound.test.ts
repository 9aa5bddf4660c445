import { describe, expect, it } from 'vitest';
import { answer } from './run.ts';

/** Its crease is at distance 0.1 from (0.6, 0.6) in decimals, and nearer than the radius in the 64-bit numbers of the file. */
const TANGENT = JSON.stringify({
  layers: [
    { W: [[-1.8, 0]], b: [0.9] },
    { W: [[1]], b: [0] },
  ],
});
/** The same far below what 32 bits hold, so that they hand it on; and a product that 64 bits do not hold. */
const MINUTE = JSON.stringify({
  layers: [
    { W: [[-1.8 * 2 ** -200, 0]], b: [0.9 * 2 ** -200] },
    { W: [[1]], b: [0] },
  ],
});
const VANISHING = JSON.stringify({
  layers: [
    { W: [[1e-200, 0]], b: [0] },
    { W: [[1]], b: [0] },
  ],
});

interface Bound {
  readonly bound: string;
  readonly C: number;
}
interface Row {
  readonly C: number;
}

describe('a bound of the command line, where a crease is within rounding of the circle', () => {
  for (const [name, net, at, r] of [
    ['is not below the count', TANGENT, '.6,.6', '.1'],
    ['is not below the count with numbers that only 64 bits hold', MINUTE, '.6,.6', '.1'],
    ['is not below the count where products vanish', VANISHING, '1e-200,0', '2e-200'],
  ] as const)
    it(`${name}, by any variant, method and backend`, async () => {
      const files = { 'net.json': net, 'centre.csv': at };
      const where = ['--at', at, '--r', r];
      expect(await answer(['disc', 'net.json', ...where], files)).toHaveProperty(
        'activationRegions',
        2,
      );
      for (const variant of ['guarded', 'printed']) {
        const words = ['bound', 'net.json', ...where, '--variant', variant];
        expect(((await answer(words, files)) as Bound).bound).toBe('2');
      }
      const batch = ['bound', 'net.json', '--centres', 'centre.csv', '--radius', r];
      for (const method of ['algorithm1', 'algorithm1plus', 'ibp', 'zonotope', 'crown'])
        for (const compute of ['reference', 'simd']) {
          const words = [...batch, '--format', 'json', '--method', method, '--compute', compute];
          const rows = (await answer(words, files)) as Row[];
          expect([method, compute, rows[0].C]).toEqual([method, compute, 1]);
        }
    });
});
