import { inSlices } from '../../jobs/slices.ts';
import type { Model } from '../../model/model.ts';
import { factorInSteps } from './factor.ts';
import { type PackedNetwork, packNetwork } from './layout.ts';
import { layerConstants, type Range, rangeOf, staysInRange } from './soundness.ts';

/** A network with its data in 32 bits. */
export interface Prepared {
  readonly net: Model;
  readonly packed: PackedNetwork;
  readonly range: Range;
  /** The words of `factorInSteps`, created on first use. */
  factor?: Uint32Array<ArrayBuffer>;
}

/**
 * Prepares networks, and keeps what it made for as long as there is the network: a picture asks in many calls about one,
 * and training makes another for every frame.
 */
export class Preparer {
  readonly #made = new WeakMap<Model, Prepared>();

  of(net: Model): Prepared {
    const known = this.#made.get(net);
    if (known) return known;
    const made = { net, packed: packNetwork(net, layerConstants(net)), range: rangeOf(net) };
    this.#made.set(net, made);
    return made;
  }
}

/** Whether 32 bits can say something of the hidden neurons for coordinates up to `size` and balls of radius r. */
export const fits = ({ net, range }: Prepared, size: number, r = 0): boolean =>
  net.hidden.length > 0 && staysInRange(range, net.inputs, size, r);

export async function factorOf(
  prepared: Prepared,
  signal: AbortSignal | undefined,
): Promise<Uint32Array<ArrayBuffer>> {
  prepared.factor ??= new Uint32Array(
    (await inSlices(factorInSteps(prepared.net), { signal })).buffer,
  );
  return prepared.factor;
}
