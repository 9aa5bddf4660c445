import { countOf, formatFactor, formatPowerOfTwo } from '../format.ts';
import { DEAD_SCENE, FIRST_SCENE } from './links.ts';

/** What the page shows of the network of a scene; a test replays every link and compares. */
export interface Facts {
  /** Activation regions that meet the circle. */
  readonly regions?: number;
  /** Linear regions that meet the circle, where they are fewer. */
  readonly linear?: number;
  /** Undecided neurons, by Algorithm 1. */
  readonly C?: number;
  /** Activation regions in view, on a map of any shape. */
  readonly inView?: number;
  /** The network has died. */
  readonly dead?: true;
}

/** One picture that a scene shows. */
export interface SceneView {
  /** The hash of its address, as `writeLink` writes it. */
  readonly hash: string;
  readonly facts: Facts;
  /** What to see, in at most 20 words; all its numbers are about this step and this circle. */
  readonly line: string;
  /** What switches to it, where a scene has two. */
  readonly label?: string;
}

/** A picture to press, which opens a link. */
export interface Scene {
  /** Names its pictures in `public/scenes/`. */
  readonly key: string;
  /** At most four words. */
  readonly title: string;
  readonly views: readonly [SceneView, ...SceneView[]];
  /** Trains as soon as it is opened. */
  readonly plays?: true;
  /** The steps after which its picture is taken, where that is not what the link asks for. */
  readonly pictured?: number;
}

const boundary = { regions: 33, C: 10 };
const lines = { regions: 20, C: 8 };
const folds = { regions: 18, C: 8 };
const sawtooth = { inView: 256 };
const tight = { regions: 4, C: 2 };
const loose = { regions: 4, C: 15 };
const wide = { regions: 120, C: 17 };
const deep = { regions: 232, C: 23 };
const dead = { regions: 3, linear: 1, C: 10, dead: true } as const;

const wideOrDeep = `The same 24 neurons after the same 500 steps: ${wide.regions} regions meet the circle in one layer, ${deep.regions} in three.`;

/** All scenes, in the order in which they are offered; the first one opens where an address asks for nothing. */
export const scenes: readonly [Scene, ...Scene[]] = [
  {
    key: 'boundary',
    title: 'Learn a circle',
    views: [
      {
        hash: FIRST_SCENE,
        facts: boundary,
        line: `On the decision boundary: ${countOf(boundary.regions, 'region')} meet the circle, and Algorithm 1 allows up to ${formatPowerOfTwo(boundary.C)}.`,
      },
    ],
  },
  {
    key: 'lines',
    title: 'One layer, straight lines',
    views: [
      {
        hash: 'data=gaussians&net=2-8-1&steps=200&pick=0,0,0.8',
        facts: lines,
        line: `One layer of 8 neurons draws 8 straight lines. They cut the circle into ${countOf(lines.regions, 'region')}.`,
      },
    ],
  },
  {
    key: 'folds',
    title: 'Depth folds the plane',
    views: [
      {
        hash: 'net=2-4-4-1&steps=300&pick=0,0,0.6',
        facts: folds,
        line: "The first layer's 4 creases are straight. The second layer sees a plane folded along them: its 4 bend there.",
      },
    ],
  },
  {
    key: 'sawtooth',
    title: 'The sawtooth',
    views: [
      {
        hash: 'net=2-4-4-4-4-1&init=sawtooth&hide=train,test',
        facts: sawtooth,
        line: `Each of 4 layers folds the plane in two directions: 16 neurons make 4⁴ = ${countOf(sawtooth.inView, 'region')}.`,
      },
    ],
  },
  {
    key: 'bound',
    title: `Tight, or ${formatFactor(loose.C - Math.log2(loose.regions))} off`,
    views: [
      {
        hash: 'data=moons&net=2-8-8-8-1&steps=300&pick=0.8,-0.2,0.35',
        facts: tight,
        label: 'Tight',
        line: `${tight.C} neurons are undecided, and ${formatPowerOfTwo(tight.C)} regions meet the circle: here the bound is tight.`,
      },
      {
        hash: 'data=moons&net=2-8-8-8-1&steps=300&pick=-0.4,0.2,0.15',
        facts: loose,
        label: 'Far too high',
        line: `${countOf(loose.regions, 'region')} meet the circle, but Algorithm 1 allows ${formatPowerOfTwo(loose.C)}: ${formatFactor(loose.C - Math.log2(loose.regions))} too high.`,
      },
    ],
  },
  {
    key: 'depth',
    title: 'Wide or deep',
    views: [
      {
        hash: 'net=2-24-1&steps=500&pick=0,0,1',
        facts: wide,
        label: 'One layer',
        line: wideOrDeep,
      },
      {
        hash: 'net=2-8-8-8-1&steps=500&pick=0,0,1',
        facts: deep,
        label: 'Three layers',
        line: wideOrDeep,
      },
    ],
  },
  {
    key: 'dead',
    title: 'A dead network',
    views: [
      {
        hash: DEAD_SCENE,
        facts: dead,
        line: `Too high a learning rate killed it: ${countOf(dead.regions, 'region')} in the circle share ${countOf(dead.linear, 'affine map')}, so their creases fade.`,
      },
    ],
  },
  {
    key: 'spiral',
    title: 'Learn a spiral',
    views: [
      {
        hash: 'data=spiral&net=2-16-16-1',
        facts: {},
        line: 'Training starts by itself: creases move until the decision boundary winds between the two arms.',
      },
    ],
    plays: true,
    pictured: 2000,
  },
];
