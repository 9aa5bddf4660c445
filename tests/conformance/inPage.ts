import type { BoundMethod } from '../../src/bounds/methods.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { type NetworkJson, networkFromJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';

/** One call of the backend in the page. */
export interface PlainCall {
  /** Null: the one of the call before. Lists travel into a page as they are. */
  readonly network: NetworkJson | null;
  readonly points: readonly number[];
  readonly centre: readonly number[];
  readonly radii: readonly number[];
  readonly what:
    | 'forward'
    | 'activations'
    | 'patterns'
    | 'hashes'
    | 'compare'
    | 'distances'
    | 'bounds';
  readonly detail: boolean;
  readonly method: BoundMethod;
}

/** Lists of numbers by name. */
export type PlainAnswer = Readonly<Record<string, readonly number[]>>;

let compute: Compute | undefined;
let net: Model;

/** Makes the call on the page's own WebGPU. */
export async function answer(call: PlainCall): Promise<PlainAnswer> {
  compute ??= await createWebGpuCompute(navigator.gpu, { allowSoftware: true });
  if (call.network) net = networkFromJson(call.network);
  const points = Float64Array.from(call.points);
  const list = (values: ArrayLike<number>): number[] => Array.from(values);
  switch (call.what) {
    case 'compare': {
      const found = await compute.compare(net, points, Float64Array.from(call.centre));
      const { differs, firstLayer, count } = found;
      return { differs: list(differs), firstLayer: list(firstLayer), count: list(count) };
    }
    case 'distances': {
      const { distance, neuron } = await compute.distances(net, points);
      return { distance: list(distance), neuron: list(neuron) };
    }
    case 'bounds': {
      const radii = Float64Array.from(call.radii);
      const { C, detail } = await compute.bounds(net, points, radii, {
        detail: call.detail,
        method: call.method,
      });
      if (!detail) return { C: list(C) };
      const { A, U, rawU, P, S } = detail;
      return { C: list(C), A: list(A), U: list(U), rawU: list(rawU), P: list(P), S: list(S) };
    }
    default:
      return { values: list(await compute[call.what](net, points)) };
  }
}
