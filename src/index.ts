/**
 * The engine as a library: everything it can do, without a page. It runs in a browser, in a worker and in Node, and knows
 * neither DOM nor files; what it is given is copied or only read. Bad input throws `InputError` with one plain sentence.
 *
 *     const net = networkFromJson(JSON.parse(text));
 *     const regions = subdivide(net, { xMin: -1, xMax: 1, yMin: -1, yMax: 1 });
 *     regions.faceCount; // activation regions in the box, exactly
 *     linearRegions(net, regions).count;
 *     localBounds(net, [0, 0], 0.1, 'crown').zaslavsky; // at most so many meet the disc of radius 0.1
 *
 * docs/geometry.md, docs/bounds.md and docs/compute.md say what the parts below compute.
 */

// How many regions a ball can meet at most, in any dimension, and how many it meets at least.
export {
  type AlgorithmOneResult,
  algorithmOne,
  type LayerBound,
} from './bounds/algorithmOne.ts';
export { type LadderResult, type LayerIntervals, localBounds } from './bounds/ladder.ts';
export { BOUND_METHODS, type BoundMethod, boundMethods } from './bounds/methods.ts';
export { log2Big, powerOfTwo, zaslavsky } from './bounds/regionBounds.ts';
export type { Rounding } from './bounds/rounding.ts';
export { type SampledRegions, type SamplingOptions, sampleRegions } from './bounds/sampling.ts';
export {
  type Verdict,
  type WorkedInput,
  type WorkedNeuron,
  workedNeuron,
} from './bounds/worked.ts';
// Many points at once, on the fastest hardware there is.
export {
  type Backend,
  BackendError,
  type BoundOptions,
  type Bounds,
  type Comparison,
  type Compute,
  type ComputeOptions,
  DeviceLostError,
  type Distances,
  type Points,
  type Radii,
} from './compute/compute.ts';
export { createReferenceCompute } from './compute/reference/backend.ts';
export { createCompute, type SelectOptions } from './compute/select.ts';
// Samples and training.
export type {
  DatasetKind,
  Labels,
  Points as SamplePoints,
  Samples,
  Targets,
  TrainingSamples,
} from './data/dataset.ts';
export {
  type DataOptions,
  makeData,
  type SplitSamples,
  splitSamples,
  splitTargets,
} from './data/make.ts';
export {
  type AxisMap as DataAxis,
  fromAxis,
  MAX_CLASSES,
  type OwnClasses,
  type OwnData,
  type OwnValues,
  ownData,
  suggestChoice,
  type TableChoice,
  toAxis,
} from './data/ownData.ts';
export { datasets } from './data/registry.ts';
export {
  type EmptyColumn,
  type NumberColumn,
  readTable,
  type Table,
  type TableColumn,
  type TextColumn,
} from './data/table.ts';
// Errors, randomness, and long work that its caller may interrupt.
export { InputError } from './errors.ts';
export { faceColour } from './export/regionColours.ts';
export { REGION_TITLES, regionRows, regionTable } from './export/regionTable.ts';
export { regionsSvg, type SvgOptions } from './export/svg.ts';
export { PLAIN_STYLE, type SvgLine, type SvgStyle } from './export/svgStyle.ts';
export { textOf } from './fileStart.ts';
export { createNetwork, type NetworkOptions } from './model/initialisers/createNetwork.ts';
export type {
  BuiltInitialiser,
  DrawnInitialiser,
  InitialiserKind,
} from './model/initialisers/initialiser.ts';
export { initialisers } from './model/initialisers/registry.ts';
export {
  NETWORK_LIMITS,
  type NetworkJson,
  networkFromJson,
  networkToJson,
  type ReadNetwork,
  readNetworkJson,
} from './model/json.ts';
// A network: what it is, reading and writing it, drawing a fresh one.
export {
  type AffineMap,
  createModel,
  type Layer,
  type Model,
  neuronAt,
  withMaps,
} from './model/model.ts';
export { readSafetensors, writeSafetensors } from './model/safetensors.ts';
export { createRandom, type Random } from './random.ts';
// The regions that meet a ball, counted with a proof, in any dimension.
export {
  BallCount,
  type BallOptions,
  type BallRegions,
  ballRegions,
} from './regions/ball/ball.ts';
// The regions of a network with two inputs, in a box or a convex polygon.
export type { Box, RegionComplex } from './regions/complex/complex.ts';
export { type DualGraph, dualGraph } from './regions/complex/dualGraph.ts';
export { faceArea, facePolygon, patternLayers } from './regions/complex/faces.ts';
export { type Neighbour, neighbours } from './regions/complex/neighbours.ts';
export {
  type AffineMap as RegionAffineMap,
  affineMap,
} from './regions/linear/affineMap.ts';
export {
  type LinearRegions,
  linearRegionSizes,
  linearRegions,
} from './regions/linear/linearRegions.ts';
// What is measured on those regions.
export {
  type CreaseLength,
  type CreaseLengthOptions,
  creaseLength,
} from './regions/measure/creaseLength.ts';
export { type DecisionBoundary, decisionBoundary } from './regions/measure/decisionBoundary.ts';
export { type FaceGeometry, faceGeometry } from './regions/measure/faceGeometry.ts';
export { type Insphere, insphere } from './regions/measure/insphere.ts';
export { type RegionFacts, regionFacts } from './regions/measure/regionFacts.ts';
export {
  type RegionStatistics,
  regionStatistics,
  type StatisticsOptions,
  type Summary,
} from './regions/measure/statistics.ts';
// Questions answered without all regions: a disc, a line, a point; those of lines and points in any dimension.
export { nearestAlong } from './regions/query/direction.ts';
export {
  DiscCount,
  type DiscOptions,
  type DiscRegions,
  discRegions,
} from './regions/query/disc.ts';
export { CreaseDistance, type NearestCrease, nearestCrease } from './regions/query/distance.ts';
export { type LineCrossings, LineWalk, lineCrossings } from './regions/query/line.ts';
export { createLocator, type Locator, locate } from './regions/query/locate.ts';
export type { ConvexPolygon, Domain } from './regions/subdivide/domain.ts';
export {
  DEFAULT_MAX_REGIONS,
  Subdivision,
  type SubdivisionOptions,
  subdivide,
} from './regions/subdivide/subdivide.ts';
// What a link to the page says: its settings, and the run that they describe.
export { buildData, buildTrainer, ruleAt } from './settings/build.ts';
export { readLink, writeLink } from './settings/link.ts';
export { initialSettings, type Settings } from './settings/schema.ts';
export { finish, Sliced, type Steps } from './steps.ts';
export { DeathWatch, isDead } from './training/deathWatch.ts';
export { type Evaluation, evaluate } from './training/evaluate.ts';
export type { Loss, LossKind } from './training/losses/loss.ts';
export { losses } from './training/losses/registry.ts';
export type { Optimiser, OptimiserKind } from './training/optimiser.ts';
export { optimisers } from './training/optimisers/registry.ts';
export {
  type Gaps,
  type Moment,
  replayGaps,
  TIMELINE_BYTES,
  Timeline,
  thinning,
} from './training/timeline.ts';
export {
  type StepResult,
  Trainer,
  type TrainerState,
  type TrainingConfig,
  type TrainingOptions,
  trainerStateBytes,
} from './training/trainer.ts';
