import type { Model } from '../model/model.ts';

interface Method {
  /** For a person. */
  readonly name: string;
  /** Work per ball in forward passes of the network, at most. */
  readonly weight: (net: Model) => number;
}

const perInput = (net: Model): number => net.inputs + 1;

/**
 * Names and costs of the methods to bound a ball, cheapest and loosest first; `ladder.ts` creates them.
 * In real arithmetic: CROWN is never looser than IBP (it is intersected with it), Algorithm 1+ never looser than
 * Algorithm 1, and nothing tighter than the truth; none of IBP, Algorithm 1 and the zonotope dominates another.
 */
export const BOUND_METHODS = {
  algorithm1: { name: 'Algorithm 1', weight: perInput },
  algorithm1plus: { name: 'Algorithm 1+', weight: perInput },
  ibp: { name: 'Interval propagation', weight: () => 4 },
  zonotope: { name: 'Zonotope', weight: (net) => net.inputs + net.neurons },
  // Two forms for every neuron, each through all layers before its own.
  crown: { name: 'CROWN', weight: (net) => 2 * net.neurons },
} as const satisfies Record<string, Method>;

/** Key of a method in `BOUND_METHODS`. */
export type BoundMethod = keyof typeof BOUND_METHODS;

/** The keys of `BOUND_METHODS`, in its order. */
export const boundMethods = Object.keys(BOUND_METHODS) as [BoundMethod, ...BoundMethod[]];

/** Multiply-adds that a method takes for one ball, at most. */
export const workPerBall = (net: Model, method: BoundMethod): number =>
  BOUND_METHODS[method].weight(net) * net.work;
