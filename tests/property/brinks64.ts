import fc from 'fast-check';
import type { Model } from '../../src/model/model.ts';
import { rootOfQuotient } from '../../src/regions/exact/dyadic.ts';
import { Dyadic, type DyadicAffine, DyadicNetwork } from '../support/dyadicNeurons.ts';
import { edited } from '../support/networks.ts';
import { stepped } from '../support/steps.ts';
import { parkMiller, type Scene, small, stage } from './scenes32.ts';

/** A ball in which a neuron is affine, and whose radius is within a few digits of the distance of the neuron's crease. */
interface BrinkBall {
  readonly x: Float64Array;
  readonly r: number;
  /** The neuron: hidden layer, and flat index. */
  readonly layer: number;
  readonly neuron: number;
  /** Whether it takes both signs in the open ball, in real arithmetic. */
  readonly switches: boolean;
  /** Its pre-activation at x, and the square of how far it moves in the ball, r²‖∇z‖². */
  readonly z: Dyadic;
  readonly reach2: Dyadic;
}

/** Balls of one network. */
export interface Brinks {
  readonly net: Model;
  readonly balls: readonly BrinkBall[];
}

const STEPS = [-4096, -64, -8, -3, -2, -1, 0, 1, 2, 3, 8, 64, 4096];
/** Earlier creases must be farther away by this much, which is far above how distances of theirs are rounded. */
const CLEAR = 1 + 2 ** -40;

/**
 * Scenes as for 32 bits, and powers of two by which their first two layers are multiplied: products of the smallest and
 * largest numbers then underflow or come close to the end of the range.
 */
export const scenes64 = fc.record({
  scene: small,
  powers: fc.constantFrom(
    [0, 0],
    [0, 0],
    [0, 0],
    [-300, 300],
    [-520, -500],
    [-1000, 0],
    [300, 300],
  ),
});

type Scene64 = { readonly scene: Scene; readonly powers: readonly number[] };

/** Balls close to a decision around some centres in a scene; integers tell the truth about them. */
export function brinks({ scene, powers }: Scene64, centres: number): Brinks {
  const dice = parkMiller(scene.random);
  const staged = stage(scene, dice);
  const net = edited(staged.net, ({ weights, biases }, k) => {
    for (const values of [weights, biases])
      values.forEach((v, i) => {
        values[i] = v * 2 ** (powers[k] ?? 0);
      });
  });
  const exact = new DyadicNetwork(net);
  const balls: BrinkBall[] = [];
  for (let c = 0; c < centres; c++) {
    // Biases may be made for the scene's own centre.
    const x = staged.x.map((v) =>
      c === 0 ? v : c % 2 === 0 ? v * (1 + dice() / 1024) : scene.scale * (2 * dice() - 1),
    );
    balls.push(...ballsAround(net, exact, x));
  }
  return { net, balls };
}

function ballsAround(net: Model, exact: DyadicNetwork, x: Float64Array): BrinkBall[] {
  const neurons = exact.affineAt(Array.from(x, Dyadic.of));
  const offsets = net.offsets;
  const balls: BrinkBall[] = [];
  let nearest = Number.POSITIVE_INFINITY;
  for (let layer = 0; layer + 1 < offsets.length; layer++) {
    let nearestHere = Number.POSITIVE_INFINITY;
    for (let neuron = offsets[layer]; neuron < offsets[layer + 1]; neuron++) {
      const { z, gradient } = neurons[neuron];
      const square = gradient.reduce((sum, g) => sum.plus(g.squared), new Dyadic(0n));
      if (square.m === 0n) continue;
      const distance = distanceOf(neurons[neuron], square);
      const hasCrease = net.hidden[layer].slopes[neuron - offsets[layer]] !== 1;
      if (hasCrease) nearestHere = Math.min(nearestHere, distance);
      // Beyond an earlier crease the neuron is another function.
      if (!(distance > 0 && distance * CLEAR < nearest && distance < 2 ** 1000)) continue;
      for (const steps of STEPS) {
        const r = stepped(distance, steps);
        if (!(r > 0 && r * CLEAR < nearest)) continue;
        const reach2 = Dyadic.of(r).squared.times(square);
        const switches = hasCrease && z.squared.minus(reach2).sign < 0;
        balls.push({ x, r, layer, neuron, switches, z, reach2 });
      }
    }
    nearest = Math.min(nearest, nearestHere);
  }
  return balls;
}

/** |z| / ‖∇z‖, rounded. */
function distanceOf({ z }: DyadicAffine, square: Dyadic): number {
  const odd = square.e & 1;
  const size = z.m < 0n ? -z.m : z.m;
  return rootOfQuotient(size * size, square.m << BigInt(odd), z.e - (square.e - odd) / 2);
}

/** Whether [lo, hi] holds all that the neuron is in the closed ball. */
export function holds({ z, reach2 }: BrinkBall, lo: number, hi: number): boolean {
  const below = z.minus(Dyadic.of(lo));
  const above = Dyadic.of(hi).minus(z);
  return [below, above].every((room) => room.sign >= 0 && room.squared.minus(reach2).sign >= 0);
}
