import { type Model, neuronAt } from '../../model/model.ts';
import type { Steps } from '../../steps.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { ExactMaps } from '../exact/exactMaps.ts';
import { LayerMaps } from '../maps/layerMaps.ts';

/** Faces between two pauses. */
const FACES_PER_STEP = 16;

/**
 * `[N]`: 1 for neurons that take both strict signs in the cells marked in `meets`. A neuron whose own crease separates
 * two of them does. One whose bit differs without a crease of its own may lie under another's crease, or may be
 * positive here and zero throughout there, which is not a switch: these are checked cell by cell. In an incomplete
 * complex bits are missing, so there only a neuron's own creases show that it switches.
 */
export function* switchingNeurons(
  net: Model,
  complex: RegionComplex,
  meets: Uint8Array,
  owner: Uint32Array,
): Steps<Uint8Array> {
  const { twin, halfEdgeNeuron, faceCount, patterns, words, box } = complex;
  const switching = new Uint8Array(net.neurons);
  for (let h = 0; h < twin.length; h++)
    if (twin[h] > h && meets[owner[h]] && meets[owner[twin[h]]]) switching[halfEdgeNeuron[h]] = 1;
  yield;
  if (!complex.complete) return switching;
  const on = new Uint32Array(words);
  const off = new Uint32Array(words);
  for (let face = 0; face < faceCount; face++) {
    if (!meets[face]) continue;
    for (let w = 0; w < words; w++) {
      on[w] |= patterns[face * words + w];
      off[w] |= ~patterns[face * words + w];
    }
  }
  let unclear: number[] = [];
  for (let i = 0; i < switching.length; i++)
    if (!switching[i] && ((on[i >>> 5] & off[i >>> 5]) >>> (i & 31)) & 1) unclear.push(i);
  if (unclear.length === 0) return switching;
  const maps = new LayerMaps(net, box);
  const { rounding } = maps;
  const exact = new ExactMaps(net, complex.border);
  const hidden = net.layers.length - 2;
  for (let face = 0; face < faceCount && unclear.length > 0; face++) {
    if (face % FACES_PER_STEP === 0) yield;
    if (!meets[face]) continue;
    maps.start(hidden, patterns, face * words);
    for (const i of unclear) {
      if ((patterns[face * words + (i >>> 5)] >>> (i & 31)) & 1) continue;
      const { layer, neuron } = neuronAt(net, i);
      const largest =
        Math.abs(maps.a[layer][neuron]) * rounding.reachX +
        Math.abs(maps.b[layer][neuron]) * rounding.reachY +
        Math.abs(maps.c[layer][neuron]);
      if (!(largest > rounding.near(layer)[neuron])) {
        const { a, b, c } = exact.line(i, patterns, face * words);
        if (a === 0n && b === 0n && c === 0n) continue;
      }
      switching[i] = 1;
    }
    unclear = unclear.filter((i) => !switching[i]);
  }
  return switching;
}
