import { InputError } from '../../../src/errors.ts';
import { decoderFor, START_BYTES } from '../../../src/fileStart.ts';
import type { Pieces } from './pieces.ts';

/** In characters; longer lines are not rows of numbers, and a file without line ends would fill the memory. */
export const LONGEST_LINE = 2 ** 22;

/** The lines of a text that are not empty, read piece by piece, in time proportional to the text. */
export class Lines {
  /** Number of the last line, from 1. */
  number = 0;
  readonly #pieces: Pieces;
  #decoder: TextDecoder | undefined;
  #lines: string[] = [];
  #at = 0;
  /** Parts of the unfinished line, and the sum of their lengths. */
  #rest: string[] = [];
  #restLength = 0;
  #ended = false;

  constructor(pieces: Pieces) {
    this.#pieces = pieces;
  }

  /** The next line; undefined at the end. Throws `InputError` for one that is too long. */
  async next(): Promise<string | undefined> {
    for (;;) {
      while (this.#at < this.#lines.length) {
        const line = this.#lines[this.#at++];
        this.number++;
        if (line.length > LONGEST_LINE) this.#refuse(this.number);
        if (line.trim() !== '') return line;
      }
      if (this.#ended) return undefined;
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    this.#decoder ??= decoderFor(await this.#pieces.ahead(START_BYTES));
    const piece = await this.#pieces.next();
    this.#ended = piece.length === 0;
    const text = this.#decoder.decode(piece, { stream: !this.#ended });
    this.#rest.push(text);
    this.#restLength += text.length;
    this.#lines = [];
    this.#at = 0;
    // Parts are joined only where a line ends, so that none is copied again and again.
    if (this.#ended || /[\r\n]/.test(text)) {
      // A CR at the very end may be half of a line's end.
      const lines = this.#rest.join('').split(this.#ended ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
      const rest = this.#ended ? '' : (lines.pop() ?? '');
      this.#lines = lines;
      this.#rest = [rest];
      this.#restLength = rest.length;
    }
    if (this.#restLength > LONGEST_LINE) this.#refuse(this.number + this.#lines.length + 1);
  }

  #refuse(line: number): never {
    throw new InputError(
      `line ${line} is too long for a row of numbers: it has more than ${LONGEST_LINE} characters`,
    );
  }
}
