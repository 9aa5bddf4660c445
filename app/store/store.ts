import { create } from 'zustand';
import { subscribeWithSelector } from 'zustand/middleware';
import type { AlgorithmOneResult } from '../../src/bounds/algorithmOne.ts';
import type { BoundMethod } from '../../src/bounds/methods.ts';
import type { Samples } from '../../src/data/dataset.ts';
import type { Network } from '../../src/network/network.ts';
import type { Box, RegionComplex } from '../../src/regions/complex/complex.ts';
import type { DiscRegions } from '../../src/regions/query/disc.ts';
import type { View } from '../../src/settings/compound.ts';
import { initialSettings, type Settings, schema } from '../../src/settings/schema.ts';
import { emptyHistory, type History } from '../charts/history.ts';
import type { RegionOverview } from '../engine/overview.ts';
import type { Trouble, Troubles, WorkerName } from '../engine/troubles.ts';
import type { LadderRow } from '../panels/inspector/BoundLadder.tsx';
import type { BoxRegions } from '../workers/boxRegions.ts';
import type { ComputeStatus } from '../workers/compute.worker.ts';
import type { FieldRequest } from '../workers/fieldPoints.ts';
import type { Geometry } from '../workers/geometry.worker.ts';
import { WorkerGoneError } from '../workers/supervised.ts';
import type { Frame, TrainingStatus } from '../workers/training.worker.ts';
import type { Circle } from './circles.ts';

/** Geometry together with the network it was made from: the two are never mixed between steps. */
export interface Picture extends Geometry {
  readonly run: number;
  readonly net: Network;
  readonly step: number;
}

export interface Sketch {
  readonly complex: RegionComplex;
  readonly net: Network;
}

/** Bound and exact count of every circle, both from the same network; a count that takes long is null until it is there. */
export interface CircleResults {
  readonly run: number;
  readonly net: Network;
  readonly step: number;
  readonly circles: readonly Circle[];
  readonly bounds: readonly AlgorithmOneResult[];
  readonly exact: readonly (DiscRegions | null)[];
}

/** Regions in a box that is the same whatever the map shows: the data's square, in an embed the link's. */
export interface BoxCount extends BoxRegions {
  readonly run: number;
  readonly net: Network;
  readonly step: number;
  readonly box: Box;
  /** Circles as they were measured in the same network; null where none stand beside it. */
  readonly beside: CircleResults | null;
}

/** What samples show of one circle, as it was measured. */
export interface SampledCircle {
  readonly run: number;
  readonly net: Network;
  readonly circle: Circle;
  /** At least so many activation regions meet it. */
  readonly atLeast: number;
  readonly samples: number;
}

/** What every method says of one circle, as it was measured. */
export interface LadderResults {
  readonly results: CircleResults;
  readonly circle: Circle;
  readonly rows: readonly LadderRow[];
}

export interface FieldPicture extends FieldRequest {
  readonly run: number;
  readonly values: Float32Array;
  /** Drawn on the way to the step that the link asked for. */
  readonly replayed: boolean;
  /** Largest value of the colour scale, for counts. */
  readonly top: number;
}

/** What is to be said of a field that is not as fine as the screen: how far a long one is, or that it stays coarse. */
export type FieldStatus =
  | { readonly state: 'working'; readonly method: BoundMethod; readonly done: number }
  | { readonly state: 'coarse'; readonly pixels: number };

export interface NeuronRef {
  readonly layer: number;
  readonly neuron: number;
}

export interface Notice {
  readonly id: number;
  readonly text: string;
}

export interface State {
  settings: Settings;
  samples: { train: Samples; test: Samples } | null;
  /** The newest run that was begun; frame, picture and results of another are of a network that is no more. */
  run: number;
  frame: Frame | null;
  /** What training did when its worker was lost; null while there is one. */
  interrupted: TrainingStatus | null;
  /** How far a new worker is on the way back to the step of `frame`; null where none is on it. */
  catchUp: number | null;
  picture: Picture | null;
  /** Cells found so far in a view that has no picture yet; deeper creases are still missing. */
  sketch: Sketch | null;
  /** Regions found so far by a subdivision that takes long; null otherwise. */
  working: number | null;
  /** A picture that takes long may be stopped, and gone on with; null where none does. */
  slowPicture: 'drawing' | 'stopped' | null;
  circles: readonly Circle[];
  selected: number | null;
  circleResults: CircleResults | null;
  boxCount: BoxCount | null;
  sampled: SampledCircle | null;
  ladder: LadderResults | null;
  ladderOpen: boolean;
  field: FieldPicture | null;
  fieldStatus: FieldStatus | null;
  compute: ComputeStatus | null;
  history: History;
  notices: readonly Notice[];
  /** Workers that do nothing more, or have not been heard of. */
  troubles: Troubles;
  /** Whether what is said of them was closed. */
  troublesClosed: boolean;
  /** Whether the site's policy forbids workers. */
  workersForbidden: boolean;
  /** Face of the picture under the pointer. */
  hoverFace: number | null;
  highlight: NeuronRef | null;
  /** Regions of the picture on the map that are smaller than a pixel, and drawn as part of a mean. */
  smaller: number;
  /** Place whose region is marked while the pointer is elsewhere: a person went there. */
  focus: {
    readonly x: number;
    readonly y: number;
    /** To be said of a key that led nowhere. */
    readonly note?: string;
  } | null;
  /** Sizes and lists of the regions in a view, while they are shown. */
  overview: RegionOverview | null;
  overviewShown: boolean;
  /** The view that the address asked for. */
  linkView: View;
  /** The view that was left for a region of the lists. */
  leftView: View | null;
  /** What a press on the map does. */
  tool: 'circle' | 'class-0' | 'class-1' | 'erase';
}

export const useStore = create<State>()(
  subscribeWithSelector<State>(() => ({
    settings: initialSettings,
    samples: null,
    run: 0,
    frame: null,
    interrupted: null,
    catchUp: null,
    picture: null,
    sketch: null,
    working: null,
    slowPicture: null,
    circles: [],
    selected: null,
    circleResults: null,
    boxCount: null,
    sampled: null,
    ladder: null,
    ladderOpen: false,
    field: null,
    fieldStatus: null,
    compute: null,
    history: emptyHistory(),
    notices: [],
    troubles: {},
    troublesClosed: false,
    workersForbidden: false,
    hoverFace: null,
    highlight: null,
    smaller: 0,
    focus: null,
    overview: null,
    overviewShown: false,
    linkView: schema.view.initial,
    leftView: null,
    tool: 'circle',
  })),
);

let nextNotice = 1;

/** Shows one sentence until a person closes it; the same sentence is not shown twice at once. */
export function notify(text: string): void {
  useStore.setState(({ notices }) =>
    notices.some((n) => n.text === text)
      ? {}
      : { notices: [...notices, { id: nextNotice++, text }].slice(-4) },
  );
}

/** The same for something that went wrong: what could not be done, and why. Of a worker that is gone one sentence says all. */
export function notifyError(what: string, error: unknown): void {
  if (error instanceof WorkerGoneError) useStore.setState({ troublesClosed: false });
  else notify(`${what}: ${error instanceof Error ? error.message : error}`);
}

/** A worker is in trouble: that is said, with a button that starts it again, until it is over or a person closes it. */
export const reportTrouble = (name: WorkerName, trouble: Trouble): void =>
  useStore.setState(({ troubles }) => ({
    troubles: { ...troubles, [name]: trouble },
    troublesClosed: false,
  }));

export const withdrawTrouble = (...names: readonly WorkerName[]): void =>
  useStore.setState(({ troubles }) => {
    const rest = { ...troubles };
    for (const name of names) delete rest[name];
    return { troubles: rest };
  });

export const closeTroubles = (): void => useStore.setState({ troublesClosed: true });

export const dismiss = (id: number): void =>
  useStore.setState(({ notices }) => ({ notices: notices.filter((n) => n.id !== id) }));
