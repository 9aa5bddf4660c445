import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as engine from '../../src/index.ts';

const index = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

/** The names that a file of re-exports lists, each with the file that declares it under `own`. */
function reExports(source: string): { name: string; own: string; from: string }[] {
  return [...source.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';$/gms)].flatMap(
    ([, list, from]) =>
      list
        .split(',')
        .map((one) => one.trim().replace(/^type /, ''))
        .filter((one) => one !== '')
        .map((one) => {
          const [own, name = own] = one.split(' as ');
          return { name, own, from };
        }),
  );
}

/** Whether a source declares the name as an export with a doc comment right above it. */
function isDocumented(source: string, name: string): boolean {
  const lines = source.split('\n');
  const at = lines.findIndex((line) =>
    new RegExp(
      `^export (?:(?:async|abstract|declare) )*(?:const|function\\*?|class|interface|type) ${name}\\b`,
    ).test(line),
  );
  return at > 0 && lines[at - 1].trimEnd().endsWith('*/');
}

const undocumented = (source: string, read: (from: string) => string): string[] =>
  reExports(source)
    .filter(({ own, from }) => !isDocumented(read(from), own))
    .map(({ name }) => name);

describe('the front door of the engine', () => {
  it('leads through a small story: read a network, count, bound, train', async () => {
    // Three lines around a 3-4-5 triangle with the incircle about (0, −1/4); regions, discs and distance by hand.
    const file = readFileSync(join(dirname(index), '../tests/cases/03_triangle_345.json'), 'utf8');
    const net = engine.networkFromJson({ layers: JSON.parse(file).layers });
    const regions = engine.subdivide(net, { xMin: -1, xMax: 1, yMin: -1, yMax: 1 });
    expect(regions.complete).toBe(true);
    expect(regions.faceCount).toBe(7);
    expect(engine.linearRegions(net, regions).count).toBe(7);
    const centre = [0, -0.25];
    expect(engine.nearestCrease(net, centre)?.distance).toBe(0.25);

    for (const [r, exact] of [
      [0.25, 1],
      [0.3125, 4],
      [0.8125, 7],
    ]) {
      expect(engine.discRegions(net, 0, -0.25, r).activationRegions).toBe(exact);
      for (const method of engine.boundMethods)
        expect(engine.localBounds(net, centre, r, method).zaslavsky >= BigInt(exact)).toBe(true);
    }
    const compute = await engine.createCompute({
      prefer: 'auto',
      gpu: undefined,
      onNotice: () => {},
    });
    const points = Float64Array.of(...centre, -0.25, 0.9);
    expect([...(await compute.bounds(net, points, 0.125)).C]).toEqual([0, 1]);
    compute.dispose();

    const { train, test } = engine.makeData({
      kind: 'circle',
      count: 300,
      noise: 0.1,
      trainFraction: 0.7,
      seed: 1,
    });
    const start = engine.createNetwork({
      widths: [2, 8, 8, 1],
      negativeSlope: 0,
      initialiser: 'he',
      seed: 1,
    });
    const options = { optimiser: 'adam', learningRate: 0.01, batchSize: 10, l1: 0, l2: 0, seed: 1 };
    const trainer = new engine.Trainer(start, train, options);
    for (let i = 0; i < 300; i++) expect(trainer.step()).toBe('stepped');
    expect(engine.evaluate(trainer.network, test).accuracy).toBeGreaterThan(0.9);
    const kept = engine.networkFromJson(
      JSON.parse(JSON.stringify(engine.networkToJson(trainer.network))),
    );
    expect(engine.evaluate(kept, test)).toEqual(engine.evaluate(trainer.network, test));
    expect(() => engine.networkFromJson({ layers: [] })).toThrow(engine.InputError);
  });

  it('has a doc comment at every export', () => {
    const names = reExports(readFileSync(index, 'utf8')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(engine)));
    expect(new Set(names).size).toBe(names.length);
    const read = (from: string) => readFileSync(join(dirname(index), from), 'utf8');
    expect(undocumented(readFileSync(index, 'utf8'), read)).toEqual([]);
  });

  it('would not pass an export without one', () => {
    const files: Record<string, string> = {
      './a.ts':
        '/** Said. */\nexport interface Said {}\n\nexport const bare = 1;\n/** Not exported. */\nconst inner = 2;',
      './b.ts': '/** Of another. */\nexport const other = 1;\nexport function bareToo() {}\n',
    };
    const source = `export { bare, inner as renamed, type Said } from './a.ts';
export {
  bareToo,
  other,
} from './b.ts';
export type { Said as Again } from './a.ts';
`;
    expect(undocumented(source, (from) => files[from])).toEqual(['bare', 'renamed', 'bareToo']);
  });
});
