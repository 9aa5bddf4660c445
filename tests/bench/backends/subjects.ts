import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import planar from '../../cases/nets/2-64-64-64-1.json';

/** A network and how many points are put through it at once. */
export interface Subject {
  readonly name: string;
  readonly net: Model;
  readonly points: number;
  /** Of every ball in the recursion: some neurons of every layer may switch, and some may not. */
  readonly radius: number;
}

const seeded = (widths: number[]): Model =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });

const PLANE = { name: '2-64-64-64-1', net: networkFromJson(planar), radius: 0.1 };

export function subjects(full: boolean): Subject[] {
  const counts = full ? [10_000, 100_000, 1_000_000] : [10_000];
  return [
    ...counts.map((points) => ({ ...PLANE, points })),
    { name: '784-64-64-10', net: seeded([784, 64, 64, 10]), points: 4000, radius: 0.5 },
    { name: '36-64-64-1', net: seeded([36, 64, 64, 1]), points: 4000, radius: 0.1 },
  ];
}

/** Deterministic points in [−1, 1]^d. */
export const pointsFor = ({ net }: Subject, count: number): Float64Array =>
  Float64Array.from({ length: count * net.inputs }, (_, i) => Math.sin(12.9898 * (i + 1)));
