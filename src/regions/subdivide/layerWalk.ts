import type { Model } from '../../model/model.ts';
import type { Steps } from '../../steps.ts';
import { dualOrderInSteps } from '../maps/dualOrder.ts';
import type { Mesh } from './mesh.ts';
import type { Refinement } from './refinement.ts';

/** Cuts in a step; a cut takes a few microseconds. */
const CUTS_PER_STEP = 64;

/** Where a walk begins: the faces are complete below `layer`, and in its neurons before `from`. */
interface Beginning {
  readonly layer: number;
  readonly from: number;
  /** `[faces]` 1 for those to be cut; all of them where it is missing. */
  readonly own?: Uint8Array;
}

/**
 * Runs a refinement through the layers of a network, in steps: for every layer it finds an order of the faces in which
 * neighbours follow each other, then cuts them.
 */
export class LayerWalk {
  private readonly mesh: Mesh;
  private readonly refinement: Refinement;
  private readonly widths: readonly number[];
  private readonly own: Uint8Array | undefined;
  /** The layer that is being cut, or the next one while its order is being found. */
  private layer: number;
  /** First neuron of that layer that is to cut. */
  private from: number;
  private ordering: Steps<Int32Array> | null = null;
  private done = false;
  private readonly counts: number[] = [];

  constructor(
    net: Model,
    mesh: Mesh,
    refinement: Refinement,
    { layer, from, own }: Beginning = { layer: 0, from: 0 },
  ) {
    this.mesh = mesh;
    this.refinement = refinement;
    this.widths = net.widths;
    this.own = own;
    this.layer = layer;
    this.from = from;
    this.enterLayer();
  }

  /** Whether there is nothing left to cut, or no room for it. */
  get finished(): boolean {
    return this.done;
  }

  /** Number of faces after each layer that is done. */
  get facesAfterLayer(): readonly number[] {
    return this.counts;
  }

  /** Fraction of the work done, in [0, 1]; deeper layers count for more, because they have more faces to cut. */
  get progress(): number {
    if (this.done) return 1;
    const layers = this.widths.length;
    const done = this.layer + (this.ordering === null ? this.refinement.progress : 0);
    return Math.min(1, (done * (done + 1)) / (layers * (layers + 1)));
  }

  /** All the work there is. */
  *inSteps(): Steps<void> {
    while (!this.done) {
      if (this.ordering !== null) this.order(this.ordering);
      else this.cut();
      yield;
    }
    this.refinement.release();
  }

  private enterLayer(): void {
    const { mesh, refinement, widths, own } = this;
    if (this.layer >= widths.length) this.done = true;
    else this.ordering = dualOrderInSteps(mesh, refinement.layerOf, widths.length, own);
  }

  /** One step of finding the order; after the last one the cuts begin. */
  private order(ordering: Steps<Int32Array>): void {
    const { done, value } = ordering.next();
    if (!done) return;
    this.ordering = null;
    this.refinement.start(this.layer, this.from, this.widths[this.layer], value);
  }

  private cut(): void {
    const { refinement } = this;
    const exact = refinement.exactDecisions;
    // Integers may take milliseconds for a single decision.
    for (let i = 0; i < CUTS_PER_STEP && refinement.exactDecisions === exact; i++) {
      if (refinement.step()) continue;
      if (refinement.full) this.done = true;
      else this.endLayer();
      return;
    }
  }

  private endLayer(): void {
    this.counts.push(this.mesh.faceCount);
    this.layer++;
    this.from = 0;
    this.enterLayer();
  }
}
