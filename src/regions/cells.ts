import { growableInts, growableWords } from './growable.ts';

/** Cells of one stage of the refinement: corner loops in counter-clockwise order, and patterns. */
export class Cells {
  /** First corner of every cell, with the end behind the last. */
  readonly start = growableInts();
  readonly corner = growableInts();
  /** Flat neuron index (or BORDER − side) of the edge that starts at each corner. */
  readonly label = growableInts();
  readonly patterns = growableWords();
  readonly words: number;

  constructor(words: number) {
    this.words = words;
    this.start.push(0);
  }

  get count(): number {
    return this.start.length - 1;
  }

  add(
    corner: Int32Array,
    label: Int32Array,
    from: number,
    length: number,
    patterns: Uint32Array,
    patternAt: number,
  ): void {
    this.corner.reserve(length);
    this.label.reserve(length);
    for (let i = 0; i < length; i++) {
      this.corner.items[this.corner.length++] = corner[from + i];
      this.label.items[this.label.length++] = label[from + i];
    }
    this.start.push(this.corner.length);
    this.patterns.reserve(this.words);
    for (let w = 0; w < this.words; w++)
      this.patterns.items[this.patterns.length++] = patterns[patternAt + w];
  }
}
