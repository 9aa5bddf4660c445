import type { LayerCounts } from '../../bounds/rankBound.ts';
import { log2Big } from '../../bounds/regionBounds.ts';
import type { Model } from '../../model/model.ts';
import type { Steps } from '../../steps.ts';
import { BallBounds } from './ballBounds.ts';
import { type Ball, BallMaps, type Cell, CLEAR, type Crease, type Sign } from './ballMaps.ts';
import { ExactBall } from './exactBall.ts';
import { atCentre, LeastDistance, type Nearest } from './leastDistance.ts';
import { OpenNodes } from './openNodes.ts';
import type { Side } from './sides.ts';

/**
 * Signs of the layers before and of some neurons of a layer: the part of the open ball strictly on all `sides`, which
 * has points.
 */
interface Node {
  readonly cell: Cell;
  /** `[width]` of the layer. */
  readonly signs: Int8Array;
  /** Neurons of the layer that may still switch, from index `from` on. */
  readonly undecided: readonly number[];
  readonly from: number;
  readonly sides: readonly Side[];
  readonly nearest: Nearest;
  /** Whether `nearest` is proved to lie in the ball and strictly on all sides. */
  readonly isWitness: boolean;
  /** log₂ of what the node may hold at most. */
  readonly key: number;
}

/** What is known of one side of a crease in a node; `nearest` only where its point is proved to lie there. */
interface Found {
  readonly kind: 'met' | 'empty' | 'unclear';
  readonly nearest?: Nearest;
}

/** Nodes that are kept in order, and the numbers (128 MB) that they may hold: others are taken as they come. */
const MOST_SORTED = 16_384;
const SORTED_NUMBERS = 2 ** 24;

/** After so many nodes it pays to bound the ball by all methods. */
const FEW = 16;

const EMPTY: Found = { kind: 'empty' };
const UNCLEAR: Found = { kind: 'unclear' };

/**
 * Enumerates the activation patterns in an open ball, layer by layer: a node is cut by the crease of one neuron after
 * the other, and where all neurons of a layer are decided the next layer is affine. A part counts when it is proved to
 * have points, and is left out when it is proved to have none.
 */
export class BallSearch {
  nodes = 0;
  /** Parts where every neuron is decided. */
  #regions = 0;
  readonly before: BallBounds;
  readonly #net: Model;
  readonly #ball: Ball;
  readonly #exact: ExactBall;
  readonly #open: OpenNodes<Node>;
  /** Parts of which it is not known whether they have points. */
  readonly #unknown: Node[] = [];
  /** Parts that have points, while neither of their halves is known to have some. */
  #undivided = 0;
  #solver: LeastDistance | null = null;
  #maps: BallMaps | null = null;
  /** The node that is being cut: still charged if that fails. */
  #current: Node | null = null;
  /** False until the first node is known. */
  #begun = false;

  constructor(net: Model, ball: Ball) {
    this.#net = net;
    this.#ball = ball;
    this.before = new BallBounds(net, ball);
    this.#exact = new ExactBall(net, ball);
    const width = Math.max(1, ...net.widths);
    // Each may hold the maps of a layer of its own.
    const numbers = width * (Math.min(net.inputs, width) + 3);
    this.#open = new OpenNodes(Math.min(MOST_SORTED, Math.max(16, SORTED_NUMBERS / numbers)));
  }

  get programs(): number {
    return this.#solver?.programs ?? 0;
  }

  get exactDecisions(): number {
    return this.#exact.decisions;
  }

  /** At least so many regions meet the ball: every part that has points holds at least one, and no two the same. */
  get atLeast(): number {
    // Some region holds the points around the centre.
    return Math.max(1, this.#regions + this.#undivided + this.#open.count);
  }

  /** Parts that are not enumerated. */
  get open(): number {
    if (!this.#begun) return 1;
    return this.#open.count + this.#unknown.length + (this.#current === null ? 0 : 1);
  }

  /** At most so many regions meet the ball. */
  get atMost(): bigint {
    if (this.#begun && this.open === 0) return BigInt(this.#regions);
    this.before.tighten();
    const whole = this.before.rank.from(0, this.#net.inputs);
    if (!this.#begun) return whole;
    let sum = BigInt(this.#regions);
    for (const node of this.#open) sum += this.#charge(node);
    for (const node of this.#unknown) sum += this.#charge(node);
    if (this.#current !== null) sum += this.#charge(this.#current);
    return sum < whole ? sum : whole;
  }

  *steps(maxNodes: number): Steps<void> {
    if (this.#net.hidden.length === 0) {
      this.#regions = 1;
      this.#begun = true;
      return;
    }
    const maps = yield* BallMaps.create(this.#net, this.#ball, this.before.needed);
    this.#maps = maps;
    this.#solver = new LeastDistance(maps.dimension);
    const start = { sides: [], nearest: atCentre(maps.dimension), isWitness: true };
    this.#enter(maps.first, start);
    this.#begun = true;
    while (this.nodes < maxNodes) {
      const node = this.#open.take();
      if (node === undefined) return;
      this.#current = node;
      if (++this.nodes === FEW) this.before.tighten();
      this.#cut(node, maps, this.#solver);
      this.#current = null;
      yield;
    }
  }

  /** Puts a node where a layer begins, with the signs that are certain in the whole ball. */
  #enter(cell: Cell, rest: Pick<Node, 'sides' | 'nearest' | 'isWitness'>): void {
    const first = this.#net.offsets[cell.layer];
    const width = this.#net.widths[cell.layer];
    const signs = new Int8Array(width);
    const undecided: number[] = [];
    for (let j = 0; j < width; j++) {
      signs[j] = this.before.signs[first + j];
      if (signs[j] === 0 && this.#maps) signs[j] = this.#maps.signInBall(cell, j);
      if (signs[j] === 0) undecided.push(j);
    }
    const { sides, nearest, isWitness } = rest;
    this.#put({ cell, signs, undecided, from: 0, sides, nearest, isWitness });
  }

  #put(node: Omit<Node, 'key'>): void {
    if (node.from === node.undecided.length) this.#finish(node);
    else this.#open.put({ ...node, key: log2Big(this.#charge(node)) });
  }

  /** A layer is decided. */
  #finish(node: Omit<Node, 'key'>): void {
    const { cell, signs } = node;
    if (cell.layer + 1 === this.#net.hidden.length) this.#regions++;
    else if (this.#maps) this.#enter(this.#maps.next(cell, signs), node);
  }

  #cut(node: Node, maps: BallMaps, solver: LeastDistance): void {
    const { cell, undecided } = node;
    const signs = node.signs.slice();
    let { sides, nearest, isWitness } = node;
    solver.sides.load(sides);
    const side = (crease: Crease, sign: 1 | -1): Found =>
      this.#decide(solver, nearest, sides, { crease, sign });
    for (let at = node.from; at < undecided.length; at++) {
      const j = undecided[at];
      const crease = maps.crease(cell, j);
      const here = isWitness ? signAt(crease, nearest.numbers, maps.dimension) : 0;
      const own: Found = { kind: 'met', nearest };
      const plus = here > 0 ? own : side(crease, 1);
      const minus = here < 0 ? own : side(crease, -1);
      if (plus.kind === 'empty' || minus.kind === 'empty') {
        // Where both are empty the neuron is zero throughout, and passes on nothing whatever its sign.
        const sign = plus.kind === 'empty' ? -1 : 1;
        signs[j] = sign;
        const other = sign > 0 ? plus : minus;
        if (isWitness || !other.nearest) continue;
        // The point was found with this side, which may be one of those that it lies on.
        sides = [...sides, { crease, sign }];
        solver.sides.push({ crease, sign });
        [nearest, isWitness] = [other.nearest, true];
        continue;
      }
      if (plus.kind === 'unclear' && minus.kind === 'unclear') this.#undivided++;
      for (const [found, sign] of [
        [plus, 1],
        [minus, -1],
      ] as const) {
        const chosen = signs.slice();
        chosen[j] = sign;
        const child = {
          cell,
          signs: chosen,
          undecided,
          from: at + 1,
          sides: [...sides, { crease, sign }],
          nearest: found.nearest ?? nearest,
          isWitness: found.nearest !== undefined,
        };
        if (found.kind === 'met') this.#put(child);
        else this.#unknown.push({ ...child, key: 0 });
      }
      return;
    }
    this.#finish({ ...node, signs, sides, nearest, isWitness });
  }

  /** Whether the node has points strictly on one more side. */
  #decide(solver: LeastDistance, from: Nearest, sides: readonly Side[], side: Side): Found {
    if (side.crease.floor < CLEAR) {
      solver.sides.push(side);
      const answer = solver.solve(from);
      solver.sides.pop(side.crease);
      if (answer.kind !== 'unclear') return answer;
    }
    const meets = this.#exact.meets([...sides, side]);
    return meets === undefined ? UNCLEAR : meets ? { kind: 'met' } : EMPTY;
  }

  /** What a node holds at most. */
  #charge({ cell, signs, undecided, from }: Omit<Node, 'key'>): bigint {
    const { slopes } = this.#net.hidden[cell.layer];
    let alive = 0;
    for (let j = 0; j < signs.length; j++)
      if (signs[j] > 0 || (signs[j] < 0 && slopes[j] !== 0)) alive++;
    let droppable = 0;
    for (let i = from; i < undecided.length; i++) if (slopes[undecided[i]] === 0) droppable++;
    const counts: LayerCounts = { open: undecided.length - from, droppable, alive };
    return this.before.rank.within(cell.layer, counts, cell.rank);
  }
}

/** The sign of a neuron at a point `[q]` of the ball; 0 where it is not certain. */
function signAt({ cell, at, length, offset, floor }: Crease, y: Float64Array, q: number): Sign {
  if (!(floor < CLEAR)) return 0;
  let sum = 0;
  for (let t = 0; t < q; t++) sum += cell.numbers[at + t] * y[t];
  const level = offset + sum / length;
  return level > floor ? 1 : level < -floor ? -1 : 0;
}
