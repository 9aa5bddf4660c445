import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AffineMap, createModel, type Model } from '../../src/model/model.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import {
  network,
  nudged,
  patternsOf,
  whole,
  withMultiples,
  withSlopes,
} from '../support/networks.ts';
import { totalArea } from '../unit/regions/support.ts';

/** Slopes of neurons that are constant and lead nowhere. */
const CONSTANT_SLOPES = [0, 0.5, -1, 1, 0];

const BOX = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };

/**
 * The network with its hidden neurons spread over layers of `width`, from place `first` on and `apart` places apart; all
 * other neurons are constant, on or off, and lead nowhere.
 */
function spread(net: Model, width: number, first: number, apart: number): Model {
  const place = (i: number) => first + i * apart;
  const last = net.layers.length - 1;
  const layers = net.layers.map(({ inputs, outputs, weights, biases }, l): AffineMap => {
    const columns = l === 0 ? inputs : width;
    const rows = l === last ? outputs : width;
    const wide = new Float64Array(rows * columns);
    const bias = Float64Array.from({ length: rows }, (_, j) => (j % 3) - 1);
    for (let j = 0; j < outputs; j++) {
      const row = l === last ? j : place(j);
      bias[row] = biases[j];
      for (let i = 0; i < inputs; i++)
        wide[row * columns + (l === 0 ? i : place(i))] = weights[j * inputs + i];
    }
    return { inputs: columns, outputs: rows, weights: wide, biases: bias };
  });
  // The others have all kinds of slopes: one with slope 1 is on in every pattern.
  const slopes = net.hidden.map((layer) => {
    const all = Float64Array.from({ length: width }, (_, j) => CONSTANT_SLOPES[j % 5]);
    layer.slopes.forEach((s, j) => {
      all[place(j)] = s;
    });
    return all;
  });
  return createModel(layers, slopes);
}

/** Bits of the hidden neurons of `net`, found in a pattern of the spread network. */
function gathered(net: Model, bits: string, width: number, first: number, apart: number): string {
  let found = '';
  net.layers.slice(0, -1).forEach(({ outputs }, l) => {
    for (let j = 0; j < outputs; j++) found += bits[l * width + first + j * apart];
  });
  return found;
}

/** Wide layers are worked on by SIMD kernels, narrow ones by plain loops. */
function agrees(net: Model, width: number, first: number, apart: number): void {
  const wide = spread(net, width, first, apart);
  const complex = subdivide(wide, BOX);
  const narrow = subdivide(net, BOX);
  const patterns = patternsOf(wide, complex);
  expect(patterns.map((bits) => gathered(net, bits, width, first, apart)).sort()).toEqual(
    patternsOf(net, narrow),
  );
  expect([complex.vertexCount, complex.edgeCount]).toEqual([narrow.vertexCount, narrow.edgeCount]);
  expect(totalArea(complex)).toBeCloseTo(4, 9);
  expect(linearRegions(wide, complex).count).toBe(linearRegions(net, narrow).count);
  // Those that lead nowhere are on where their bias is positive or their slope 1, and only there.
  for (let j = 0; j < width; j++) {
    const place = j - first;
    if (place >= 0 && place % apart === 0 && place / apart < net.layers[0].outputs) continue;
    for (const bits of patterns) expect(bits[j]).toBe(j % 3 === 2 || j % 5 === 3 ? '1' : '0');
  }
}

describe('Layers wide enough for SIMD give the regions of narrow ones', () => {
  const width = fc.integer({ min: 33, max: 70 });
  const first = fc.integer({ min: 0, max: 5 });
  const apart = fc.integer({ min: 1, max: 5 });
  const runs = { numRuns: 100 };

  it('for networks in general', () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(fc.property(network(number), width, first, apart, agrees), runs);
  });

  it('for whole weights', () => {
    fc.assert(fc.property(network(whole), width, first, apart, agrees), runs);
  });

  it('for slopes per neuron, those without a crease among them', () => {
    const net = withSlopes(fc.oneof(network(whole), withMultiples(network(whole))));
    fc.assert(fc.property(net, width, first, apart, agrees), runs);
  });

  it('for repeated neurons and creases that miss vertices by a hair', () => {
    const net = nudged(withMultiples(network(whole, whole, 4)));
    fc.assert(fc.property(net, width, first, apart, agrees), runs);
  });
});
