import { InputError } from '../errors.ts';
import { type Network, neuronAt, neuronCount } from '../network/network.ts';
import type { RegionComplex } from './complex.ts';
import { ExactMaps } from './exact/exactMaps.ts';
import { faceOfHalfEdge, nextHalfEdge } from './geometry.ts';
import { LayerMaps } from './layerMaps.ts';
import { outputMaps } from './outputMaps.ts';
import { MapComparison } from './sameMap.ts';
import { subdivide } from './subdivide.ts';
import { UnionFind } from './unionFind.ts';

export interface DiscRegions {
  /** Activation regions that meet the open disc. */
  readonly activationRegions: number;
  /** Linear regions, glued only along edges that meet the open disc themselves. */
  readonly linearRegions: number;
  /** `[N]`: 1 where the pre-activation takes both strict signs in the open disc. */
  readonly switching: Uint8Array;
  /** False when the limit on regions was reached: the counts are then lower bounds. */
  readonly complete: boolean;
}

/** A region that reaches into the disc by less than this share of r only touches it. */
const TOUCH = 1e-12;
/** Fourth powers of a radius within 2^±PLAIN stay in range; beyond, the work is done in units of the radius. */
const PLAIN = 200;
/** Biases in units of the radius must be within 2^±FITS. */
const FITS = 400;

/**
 * Exact counts for the open disc of radius r around (x, y): a region meets it when its closure comes nearer to the
 * centre than r, so that tangency does not count.
 *
 * @throws InputError for a centre that is not finite, a radius that is not finite and positive, a network without
 *   two inputs, and where numbers leave the range of 64 bits
 */
export function discRegions(
  net: Network,
  x: number,
  y: number,
  r: number,
  options: { readonly maxRegions?: number } = {},
): DiscRegions {
  if (!Number.isFinite(x) || !Number.isFinite(y))
    throw new InputError('the centre of the disc must be made of finite numbers');
  if (!(r > 0 && r < Number.POSITIVE_INFINITY))
    throw new InputError('the radius of the disc must be a finite number greater than 0');
  const box = { xMin: x - r, xMax: x + r, yMin: y - r, yMax: y + r };
  if (!(box.xMin < box.xMax && box.yMin < box.yMax))
    throw new InputError('the radius is too small for double precision at this distance from 0');
  if (!Object.values(box).every(Number.isFinite))
    throw new InputError('the disc reaches beyond the largest 64-bit number');
  const unit = Math.floor(Math.log2(r));
  if (Math.abs(unit) > PLAIN) {
    const [u, v, radius] = [x, y, r].map((value) => timesPower(value, -unit));
    return discRegions(inUnits(net, unit), u, v, radius, options);
  }
  const complex = subdivide(net, box, { ...options, disc: { x, y, r } });
  const reach2 = (r * (1 - TOUCH)) ** 2;
  const meets = new Uint8Array(complex.faceCount);
  let activationRegions = 0;
  for (let face = 0; face < complex.faceCount; face++)
    if (faceDistance2(complex, face, x, y) < reach2) {
      meets[face] = 1;
      activationRegions++;
    }
  return {
    activationRegions,
    linearRegions: activationRegions - gluedPairs(net, complex, meets, x, y, reach2),
    switching: switchingNeurons(net, complex, meets),
    complete: complex.complete,
  };
}

/** value · 2^power, also where 2^power alone is out of range. */
function timesPower(value: number, power: number): number {
  const half = Math.trunc(power / 2);
  return value * 2 ** half * 2 ** (power - half);
}

/**
 * The network f(2^unit · u) / 2^unit of u: σ is positively homogeneous, so that only the biases change, and a power
 * of two rounds nothing.
 */
function inUnits(net: Network, unit: number): Network {
  const layers = net.layers.map((layer) => ({
    ...layer,
    biases: layer.biases.map((b) => timesPower(b, -unit)),
  }));
  const fits = (b: number) => b === 0 || Math.abs(Math.log2(Math.abs(b)) - unit) <= FITS;
  if (!net.layers.every(({ biases }) => biases.every(fits)))
    throw new InputError(
      `the radius is too ${unit < 0 ? 'small' : 'large'} for the biases of this network in 64-bit numbers`,
    );
  return { ...net, layers };
}

/** Squared distance of (x, y) from the segment between two vertices. */
function edgeDistance2(
  { coordinates }: RegionComplex,
  a: number,
  b: number,
  x: number,
  y: number,
): number {
  const ax = coordinates[2 * a] - x;
  const ay = coordinates[2 * a + 1] - y;
  const dx = coordinates[2 * b] - coordinates[2 * a];
  const dy = coordinates[2 * b + 1] - coordinates[2 * a + 1];
  const along = -(ax * dx + ay * dy);
  const length2 = dx * dx + dy * dy;
  if (along <= 0) return ax * ax + ay * ay;
  if (along >= length2) return (ax + dx) ** 2 + (ay + dy) ** 2;
  const across = ax * dy - ay * dx;
  return (across * across) / length2;
}

/** Squared distance of (x, y) from a closed face; 0 inside. */
function faceDistance2(complex: RegionComplex, face: number, x: number, y: number): number {
  const { faceStart, origin, coordinates } = complex;
  let inside = true;
  let nearest = Number.POSITIVE_INFINITY;
  for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
    const a = origin[h];
    const b = origin[nextHalfEdge(complex, h, face)];
    const ax = coordinates[2 * a];
    const ay = coordinates[2 * a + 1];
    const cross = (coordinates[2 * b] - ax) * (y - ay) - (coordinates[2 * b + 1] - ay) * (x - ax);
    if (cross < 0) inside = false;
    nearest = Math.min(nearest, edgeDistance2(complex, a, b, x, y));
  }
  return inside ? 0 : nearest;
}

/** By how many the activation regions outnumber the linear regions in the disc. */
function gluedPairs(
  net: Network,
  complex: RegionComplex,
  meets: Uint8Array,
  x: number,
  y: number,
  reach2: number,
): number {
  const comparison = new MapComparison(net, complex, outputMaps(net, complex));
  const owner = faceOfHalfEdge(complex);
  const glued = new UnionFind(complex.faceCount);
  let pairs = 0;
  for (let h = 0; h < complex.twin.length; h++) {
    const t = complex.twin[h];
    if (t < h) continue;
    const f = owner[h];
    const g = owner[t];
    if (!meets[f] || !meets[g] || glued.find(f) === glued.find(g)) continue;
    if (edgeDistance2(complex, complex.origin[h], complex.origin[t], x, y) >= reach2) continue;
    if (!comparison.same(f, g)) continue;
    glued.join(f, g);
    pairs++;
  }
  return pairs;
}

/**
 * Neurons that take both strict signs in the cells marked in `meets`. A neuron whose own crease parts two of them
 * does. One whose bit differs without a crease of its own may lie under another's crease, or may be positive here and
 * zero throughout there, which is no switch: these are looked at cell by cell.
 */
function switchingNeurons(net: Network, complex: RegionComplex, meets: Uint8Array): Uint8Array {
  const { twin, halfEdgeNeuron, faceCount, patterns, words, box } = complex;
  const switching = new Uint8Array(neuronCount(net));
  const owner = faceOfHalfEdge(complex);
  for (let h = 0; h < twin.length; h++)
    if (twin[h] > h && meets[owner[h]] && meets[owner[twin[h]]]) switching[halfEdgeNeuron[h]] = 1;
  const on = new Uint32Array(words);
  const off = new Uint32Array(words);
  for (let face = 0; face < faceCount; face++) {
    if (!meets[face]) continue;
    for (let w = 0; w < words; w++) {
      on[w] |= patterns[face * words + w];
      off[w] |= ~patterns[face * words + w];
    }
  }
  const unclear: number[] = [];
  for (let i = 0; i < switching.length; i++)
    if (!switching[i] && ((on[i >>> 5] & off[i >>> 5]) >>> (i & 31)) & 1) unclear.push(i);
  if (unclear.length === 0) return switching;
  const maps = new LayerMaps(net, box);
  const { rounding } = maps;
  const exact = new ExactMaps(net, complex.border);
  for (let face = 0; face < faceCount; face++) {
    if (!meets[face]) continue;
    maps.start(net.layers.length - 2, patterns, face * words);
    for (const i of unclear) {
      if (switching[i] || (patterns[face * words + (i >>> 5)] >>> (i & 31)) & 1) continue;
      const { layer, neuron } = neuronAt(net, i);
      const largest =
        Math.abs(maps.a[layer][neuron]) * rounding.reachX +
        Math.abs(maps.b[layer][neuron]) * rounding.reachY +
        Math.abs(maps.c[layer][neuron]);
      if (largest <= rounding.near(layer)[neuron]) {
        const { a, b, c } = exact.line(i, patterns, face * words);
        if (a === 0n && b === 0n && c === 0n) continue;
      }
      switching[i] = 1;
    }
  }
  return switching;
}
