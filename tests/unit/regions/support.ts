import { readdirSync, readFileSync } from 'node:fs';
import { type NetworkJson, networkFromJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Box, RegionComplex } from '../../../src/regions/complex/complex.ts';
import { faceArea } from '../../../src/regions/complex/faces.ts';

const CASES = new URL('../../cases/', import.meta.url);

interface Case extends NetworkJson {
  name: string;
  expect: {
    count: Record<
      | 'activation_regions'
      | 'linear_regions'
      | 'min_area'
      | 'interior_boundary_length'
      | 'V'
      | 'E'
      | 'F',
      number
    > & { regions_after_layer: number[] };
    discs: {
      c: [number, number];
      r: number;
      activation_regions: number;
      linear_regions: number;
      switching: number[][];
      C_exact_per_layer: number[];
    }[];
    lines: {
      p: number[];
      q: number[];
      activation_pieces: number;
      linear_pieces: number;
      breakpoints_t: number[];
    }[];
    distances: { x: number[]; distance: number; neuron: [number, number] }[];
    inspheres: {
      x: [number, number];
      box: [number, number, number, number];
      radius: number;
      centre: [number, number];
      touches_box: boolean;
    }[];
  };
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, CASES), 'utf8'));

export const BOX: Box = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };

/** Every network with answers worked out by hand or by rational arithmetic. */
export const cases = (): { net: Model; file: Case }[] =>
  readdirSync(CASES)
    .filter((name) => /^\d.*\.json$/.test(name))
    .map((name) => {
      const file: Case = read(name);
      return { net: networkFromJson(file), file };
    });

/** Every larger network, with its number of activation regions. */
export const countedNetworks = (): { name: string; net: Model; count: number }[] =>
  Object.entries<number | string>(read('expected-counts.json')).flatMap(([name, count]) =>
    typeof count === 'number'
      ? [{ name, count, net: networkFromJson(read(`nets/${name}.json`)) }]
      : [],
  );

/** Sum of all face areas, compensated (Neumaier), so that the sum itself adds no error. */
export function totalArea(complex: RegionComplex): number {
  let sum = 0;
  let lost = 0;
  for (let face = 0; face < complex.faceCount; face++) {
    const area = faceArea(complex, face);
    const next = sum + area;
    lost += Math.abs(sum) >= Math.abs(area) ? sum - next + area : area - next + sum;
    sum = next;
  }
  return sum + lost;
}

export const patternOf = (complex: RegionComplex, face: number): string =>
  complex.patterns.subarray(face * complex.words, (face + 1) * complex.words).join();

/** The pattern of a point, in the words of a complex. */
export function patternOfSigns(hidden: readonly Float64Array[], words: number): string {
  const pattern = new Uint32Array(words);
  let bit = 0;
  for (const z of hidden)
    for (const v of z) {
      if (v > 0) pattern[bit >>> 5] |= 1 << (bit & 31);
      bit++;
    }
  return pattern.join();
}

/** Mean of the vertices of a face; inside it. */
export function middle(complex: RegionComplex, face: number): [number, number] {
  let x = 0;
  let y = 0;
  const [from, to] = [complex.faceStart[face], complex.faceStart[face + 1]];
  for (let h = from; h < to; h++) {
    x += complex.coordinates[2 * complex.origin[h]];
    y += complex.coordinates[2 * complex.origin[h] + 1];
  }
  return [x / (to - from), y / (to - from)];
}
