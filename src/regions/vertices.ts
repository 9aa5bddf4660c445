import { EdgeSplits } from './edgeSplits.ts';
import { growableFloats, growableInts } from './growable.ts';

/** Vertices of the complex and the splits of its edges; shared by all layers. */
export class Vertices {
  readonly x = growableFloats(1024);
  readonly y = growableFloats(1024);
  /** Flat index of the neuron whose crease made the vertex by splitting an edge; −1 for corners of the box. */
  readonly maker = growableInts(1024);
  readonly splits = new EdgeSplits();

  get count(): number {
    return this.x.length;
  }

  add(x: number, y: number, maker: number): number {
    this.x.push(x);
    this.y.push(y);
    this.maker.push(maker);
    return this.x.length - 1;
  }
}
