import { normal, type Random } from '../../src/random.ts';

/** Pixels of a picture, row by row, 0 to 1. */
const SIDE = 28;

type Point = readonly [number, number];

const between = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

function distance([x, y]: Point, [px, py]: Point, [qx, qy]: Point): number {
  const [dx, dy] = [qx - px, qy - py];
  const t = between(((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy), 0, 1);
  return Math.hypot(x - px - t * dx, y - py - t * dy);
}

/** Strokes through the corners of a line, as wide as a pen. */
function drawn(lines: readonly (readonly Point[])[], pen: number): Float64Array {
  return Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
    const at: Point = [i % SIDE, Math.floor(i / SIDE)];
    let nearest = Number.POSITIVE_INFINITY;
    for (const line of lines)
      for (let k = 1; k < line.length; k++)
        nearest = Math.min(nearest, distance(at, line[k - 1], line[k]));
    return between(pen + 0.5 - nearest, 0, 1);
  });
}

/** A zero (an oval) or a four (three strokes) as a hand might write it: shifted, leaning, of any size and pen. */
export function digit(isFour: boolean, random: Random): Float64Array {
  const gauss = normal(random);
  const [left, top] = [14 + gauss(), 14 + gauss()];
  const [wide, high, lean] = [1 + 0.15 * gauss(), 1 + 0.1 * gauss(), 0.25 * gauss()];
  const place = (x: number, y: number): Point => [left + wide * x - lean * y, top + high * y];
  const jitter = () => 0.7 * gauss();
  const pen = between(1.2 + 0.3 * gauss(), 0.6, 2);
  if (isFour) {
    const corner = place(-5 + jitter(), 1.5 + jitter());
    const hook = [place(-4 + jitter(), -8 + jitter()), corner, place(5.5 + jitter(), 1 + jitter())];
    return drawn(
      [hook, [place(2.5 + jitter(), -8 + jitter()), place(2 + jitter(), 9 + jitter())]],
      pen,
    );
  }
  const [rx, ry] = [5 + jitter(), 8 + jitter()];
  const oval = Array.from({ length: 25 }, (_, k): Point => {
    const turn = (2 * Math.PI * k) / 24;
    return place(rx * Math.cos(turn), ry * Math.sin(turn));
  });
  return drawn([oval], pen);
}

/** Padded to 30 × 30 and averaged over squares of 5 × 5: 36 numbers. */
export function pooled(picture: Float64Array): Float64Array {
  const small = new Float64Array(36);
  for (let i = 0; i < picture.length; i++) {
    const column = Math.floor(((i % SIDE) + 1) / 5);
    const row = Math.floor((Math.floor(i / SIDE) + 1) / 5);
    small[6 * row + column] += picture[i] / 25;
  }
  return small;
}
