import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { type Model, withMaps } from '../../src/model/model.ts';
import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { best } from './best.ts';
import type { Row } from './table.ts';

const BOX = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
const SHAPES: readonly number[][] = [
  [2, 32, 32, 1],
  [2, 64, 64, 1],
  [2, 128, 128, 1],
  [2, 256, 256, 1],
  [2, 512, 512, 1],
  [2, 16, 16, 16, 1],
  [2, 32, 32, 32, 1],
  [2, 64, 64, 64, 1],
  [2, 128, 128, 128, 1],
];
/** Of the biases that the initialiser draws: fewer creases miss the box. */
const SHARE = 0.8;

/** A He-initialised network with biases N(0, 0.4²), always the same one. */
export function heNetwork(widths: readonly number[]): Model {
  const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });
  const layers = net.layers.map((layer) => ({
    ...layer,
    biases: layer.biases.map((b) => SHARE * b),
  }));
  return withMaps(net, layers);
}

function arraysOf(complex: RegionComplex) {
  const { coordinates, vertexLines, vertexFace, vertexError, faceStart, origin, twin } = complex;
  const { halfEdgeNeuron, patterns } = complex;
  const faces = [faceStart, origin, twin, halfEdgeNeuron, patterns];
  return [coordinates, vertexLines, vertexFace, vertexError, ...faces];
}

/** The cost of a region as the network grows, compared with the time for writing the result alone. */
export async function growthBench(): Promise<Row[]> {
  return SHAPES.map((widths) => {
    const net = heNetwork(widths);
    const whole = subdivide(net, BOX, { maxRegions: Number.POSITIVE_INFINITY });
    const regions = whole.faceCount;
    const arrays = arraysOf(whole);
    const bytes = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const ms = best(() => subdivide(net, BOX, { maxRegions: Number.POSITIVE_INFINITY }), 3);
    const copy = best(() => arrays.map((array) => array.slice()));
    return {
      network: widths.join('-'),
      regions,
      ms,
      'µs per region': (1000 * ms) / regions,
      'writing alone, µs per region': (1000 * copy) / regions,
      'bytes per region': bytes / regions,
      'of these pattern': 4 * whole.words,
    };
  });
}
