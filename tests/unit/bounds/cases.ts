import { readdirSync, readFileSync } from 'node:fs';
import { networkFromJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';

interface CaseLayer {
  readonly A: number[];
  readonly P: number[];
  readonly S: number[];
  readonly U: number[];
  readonly U_raw: number[];
  readonly C: number;
}

export interface CaseBound {
  readonly layers: CaseLayer[];
  readonly C_per_layer: number[];
  readonly C: number;
  readonly bound_2C: number;
  readonly bound_zaslavsky: number;
}

/** Per hidden layer and neuron. */
export interface CaseIntervals {
  readonly pre_bounds: [number, number][][];
  readonly unstable: number[][];
  readonly C_per_layer: number[];
  readonly C: number;
  readonly bound_zaslavsky: number;
}

/** One ball of a case file, with the answers of both variants of Algorithm 1 and of other bounds. */
interface CaseBall {
  readonly c: number[];
  readonly r: number;
  readonly paper: CaseBound;
  readonly guarded: CaseBound;
  readonly ibp: CaseIntervals;
  readonly crown: CaseIntervals;
}

export interface Case {
  readonly name: string;
  readonly net: Model;
  readonly bounds: readonly CaseBall[];
}

const folder = new URL('../../cases/', import.meta.url);

/** The networks with known answers. */
export function readCases(): Case[] {
  return readdirSync(folder)
    .filter((file) => /^\d\d_.*\.json$/.test(file))
    .sort()
    .map((file) => {
      const value = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
      return { name: value.name, net: networkFromJson(value), bounds: value.expect.bounds };
    });
}

/** A network of the folder `nets`, such as `2-16-16-1`. */
export function readNet(name: string): Model {
  return networkFromJson(JSON.parse(readFileSync(new URL(`nets/${name}.json`, folder), 'utf8')));
}
