import { readFileSync } from 'node:fs';
import { networkFromJson } from '../../src/network/json.ts';
import { subdivide } from '../../src/regions/subdivide.ts';
import type { Row } from './table.ts';

/** Milliseconds that a prototype took that only counted the regions, without building them. */
const PROTOTYPE_MS: Record<string, number> = {
  '2-32-32-32-1': 1.5,
  '2-64-64-64-1': 13,
  '2-128-128-128-1': 126,
  '2-256-256-1': 96,
};
const ROUNDS = 5;
const BOX = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };

/** Time of the whole complex, single thread: the best of five after a warm-up. */
export async function regionsBench(): Promise<Row[]> {
  return Object.entries(PROTOTYPE_MS).map(([network, prototype]) => {
    const path = new URL(`../cases/nets/${network}.json`, import.meta.url);
    const net = networkFromJson(JSON.parse(readFileSync(path, 'utf8')));
    const regions = subdivide(net, BOX).faceCount;
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < ROUNDS; i++) {
      const start = performance.now();
      subdivide(net, BOX);
      best = Math.min(best, performance.now() - start);
    }
    return {
      network,
      regions,
      'ms, best of 5': best,
      'prototype ms': prototype,
      ratio: best / prototype,
    };
  });
}
