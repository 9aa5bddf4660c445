import type { AlgorithmOneResult } from '../../src/bounds/algorithmOne.ts';
import type { BoundMethod } from '../../src/bounds/methods.ts';
import type { FieldRequest } from '../../src/compute/fields.ts';
import type { Samples } from '../../src/data/dataset.ts';
import type { ComputeStatus, Frame, Geometry, TrainingStatus } from '../../src/jobs/services.ts';
import type { Model } from '../../src/model/model.ts';
import type { Box, RegionComplex } from '../../src/regions/complex/complex.ts';
import type { Overview } from '../../src/regions/measure/overview.ts';
import type { BoxRegions } from '../../src/regions/query/boxRegions.ts';
import type { DiscRegions } from '../../src/regions/query/disc.ts';
import type { Disc, View } from '../../src/settings/compound.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { emptyHistory, type History } from './history.ts';
import type { Troubles } from './troubles.ts';

/** A circle on the map; `id` stays with it while it is dragged. */
export interface Circle extends Disc {
  readonly id: number;
}

/** In CSS pixels; 0 × 0 before the first layout. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Geometry together with the network it was made from: the two are never mixed between steps. */
export interface Picture extends Geometry {
  readonly run: number;
  readonly net: Model;
  readonly step: number;
}

export interface Sketch {
  readonly complex: RegionComplex;
  readonly net: Model;
}

/** Bound and exact count of every circle, both from the same network; a count that takes long is null until it is there. */
export interface CircleResults {
  readonly run: number;
  readonly net: Model;
  readonly step: number;
  readonly circles: readonly Circle[];
  readonly bounds: readonly AlgorithmOneResult[];
  readonly exact: readonly (DiscRegions | null)[];
}

/** Regions in a box that is the same whatever the map shows: the data's square, in an embed the link's. */
export interface BoxCount extends BoxRegions {
  readonly run: number;
  readonly net: Model;
  readonly step: number;
  readonly box: Box;
  /** Circles as they were measured in the same network; null where none stand beside it. */
  readonly beside: CircleResults | null;
}

/** What samples show of one circle, as it was measured. */
export interface SampledCircle {
  readonly run: number;
  readonly net: Model;
  readonly circle: Circle;
  /** At least so many activation regions meet it. */
  readonly atLeast: number;
  readonly samples: number;
}

/** What one method says of a circle. */
export interface LadderRow {
  readonly method: BoundMethod;
  /** Neurons left undecided; null where the method is too slow while a person drags, and waits until they stop. */
  readonly C: number | null;
  /** Product of Zaslavsky sums over the layers. */
  readonly zaslavsky: bigint | null;
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
  /** Hidden layer, from 0. */
  readonly layer: number;
  /** Neuron within the layer, from 0. */
  readonly neuron: number;
}

/** A region that a list names: where it is, what it is like, and the view that shows it. */
export interface ListedRegion {
  /** A place inside. */
  readonly x: number;
  readonly y: number;
  readonly area: number;
  readonly neighbours: number;
  /** Cut by the edge of the view: size and neighbours are what lies in it. */
  readonly cutByBox: boolean;
  readonly view: View;
}

export type ListName = 'largest' | 'smallest' | 'mostNeighboured';

/** Sizes and lists of the regions in the view of a picture. */
export interface RegionOverview
  extends Pick<Overview, 'regions' | 'area' | 'meanDegree' | 'histogram'> {
  readonly picture: Picture;
  readonly lists: Readonly<Record<ListName, readonly ListedRegion[]>>;
}

/** A place whose region is marked. */
export interface Focus {
  readonly x: number;
  readonly y: number;
  /** It stays the region that is spoken of, also while the pointer is over others. */
  readonly pinned?: boolean;
  /** The message after a key that led nowhere. */
  readonly note?: string;
}

/** What a press on the map does. */
export type Tool = 'circle' | 'inspect' | 'class-0' | 'class-1' | 'erase';

/** What a notice is about, where it is over when that changes: the link that was opened, or the run. */
export type Subject = 'link' | 'run';

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly about: Subject | null;
  /** What a person can do about it with controls that an embed does not have. */
  readonly advice?: string;
  /** Circles that were removed, and come back where a person takes that back. */
  readonly removed?: readonly Circle[];
}

/** All that a session knows. It is a value: a change makes a new one. */
export interface State {
  readonly settings: Settings;
  /** How large the map is that shows this. */
  readonly mapSize: Size;
  readonly samples: { train: Samples; test: Samples } | null;
  /** The newest run that was begun; frame, picture and results of another belong to an old network. */
  readonly run: number;
  readonly frame: Frame | null;
  /** What training did when its worker was lost; null while there is one. */
  readonly interrupted: TrainingStatus | null;
  /** How far a new worker is on the way back to the step of `frame`; null if there is none. */
  readonly catchUp: number | null;
  readonly picture: Picture | null;
  /** Cells found so far in a view that has no picture yet; deeper creases are still missing. */
  readonly sketch: Sketch | null;
  /** Regions found so far by a subdivision that takes long; null otherwise. */
  readonly working: number | null;
  /** A picture that takes long may be stopped, and gone on with; null where none does. */
  readonly slowPicture: 'drawing' | 'stopped' | null;
  readonly circles: readonly Circle[];
  readonly selected: number | null;
  readonly circleResults: CircleResults | null;
  readonly boxCount: BoxCount | null;
  readonly sampled: SampledCircle | null;
  readonly ladder: LadderResults | null;
  readonly ladderOpen: boolean;
  readonly field: FieldPicture | null;
  readonly fieldStatus: FieldStatus | null;
  readonly compute: ComputeStatus | null;
  readonly history: History;
  readonly notices: readonly Notice[];
  /** Workers that have failed, or have sent nothing for long. */
  readonly troubles: Troubles;
  /** Whether what is said of them was closed. */
  readonly troublesClosed: boolean;
  /** Whether the site's policy forbids workers. */
  readonly workersForbidden: boolean;
  /** Face of the picture under the pointer. */
  readonly hoverFace: number | null;
  readonly highlight: NeuronRef | null;
  /** Whether the square in which the charts count is outlined on the map. */
  readonly squareOutlined: boolean;
  /** Place whose region is marked while the pointer is elsewhere: a person went there. */
  readonly focus: Focus | null;
  /** Sizes and lists of the regions in a view, while they are shown. */
  readonly overview: RegionOverview | null;
  readonly overviewShown: boolean;
  /** What the address or the scene asked for that was opened last. */
  readonly opened: Settings;
  /** The view that was left for a region of the lists. */
  readonly leftView: View | null;
  readonly tool: Tool;
  /** The map takes the page, with a headline that is read from afar. */
  readonly presenting: boolean;
}

/** The state of a session at the start. */
export const beginning = (settings: Settings): State => ({
  settings,
  mapSize: { width: 0, height: 0 },
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
  squareOutlined: false,
  focus: null,
  overview: null,
  overviewShown: false,
  opened: settings,
  leftView: null,
  tool: 'circle',
  presenting: false,
});
