import { existsSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openScene, showsLine } from '../../../app/scenes/openScene.ts';
import { type Facts, type SceneView, scenes } from '../../../app/scenes/registry.ts';
import { beginning, type State } from '../../../app/session/state.ts';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import type { Frame } from '../../../src/jobs/services.ts';
import type { Model } from '../../../src/model/model.ts';
import type { RegionComplex } from '../../../src/regions/complex/complex.ts';
import { discRegions } from '../../../src/regions/query/disc.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { buildData, buildTrainer } from '../../../src/settings/build.ts';
import { readLink, writeLink } from '../../../src/settings/link.ts';
import { initialSettings, type Settings } from '../../../src/settings/schema.ts';
import { DeathWatch } from '../../../src/training/deathWatch.ts';
import { evaluate } from '../../../src/training/evaluate.ts';
import { cpuMs } from '../../support/cpuTime.ts';
import { forward } from '../../support/forward.ts';

const views = scenes.flatMap((scene) => scene.views.map((view) => ({ scene, view })));
const named = views.map(({ scene, view }) => ({
  name: [scene.title, view.label].filter(Boolean).join(', '),
  scene,
  view,
}));
const read = ({ hash }: SceneView): Settings => readLink(hash).settings;

/** The network of a link, by the same steps as in the page, and whether it has died. */
function replay(settings: Settings, steps = settings.steps): { net: Model; dead: boolean } {
  const { train } = buildData(settings);
  const trainer = buildTrainer(settings);
  const watch = new DeathWatch();
  for (let step = 0; step < steps; step++) {
    expect(trainer.step()).toBe('stepped');
    watch.look(trainer.stepsDone, trainer.network, train);
  }
  return { net: trainer.snapshot(), dead: watch.dead };
}

/** What is true of a view, in the terms of its facts. */
function measured(settings: Settings): Facts {
  const { net, dead } = replay(settings);
  const facts: Facts = dead ? { dead } : {};
  const [circle] = settings.pick;
  if (!circle) return facts;
  const [x, y, r] = circle;
  const { activationRegions: regions, linearRegions: linear } = discRegions(net, x, y, r);
  const { C } = algorithmOne(net, [x, y], r);
  const merged = linear === regions ? {} : { linear: linear ?? Number.NaN };
  return { ...facts, regions, C, ...merged };
}

const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Numbers of a text, with 2¹⁰ as 1024 and without the thin spaces of thousands. */
const numbersIn = (text: string): number[] =>
  [...text.replaceAll('Algorithm 1', '').matchAll(/(\d[\d\u202f]*)([⁰¹²³⁴⁵⁶⁷⁸⁹]*)/g)].map(
    ([, whole, power]) => {
      const base = Number(whole.replace(/\u202f/g, ''));
      return power === ''
        ? base
        : base ** Number([...power].map((d) => digits.indexOf(d)).join(''));
    },
  );
const wordsIn = (text: string): number => text.split(' ').filter((word) => /\w/.test(word)).length;

/** How many directions the crease of a neuron has. */
function directions({ twin, origin, coordinates, halfEdgeNeuron }: RegionComplex, neuron: number) {
  const found: number[] = [];
  for (let h = 0; h < twin.length; h++) {
    if (halfEdgeNeuron[h] !== neuron || twin[h] < h) continue;
    const [p, q] = [2 * origin[h], 2 * origin[twin[h]]];
    const dx = coordinates[q] - coordinates[p];
    const dy = coordinates[q + 1] - coordinates[p + 1];
    if (Math.hypot(dx, dy) < 1e-6) continue;
    // Twice the angle does not know which way along the line is.
    const angle = 2 * Math.atan2(dy, dx);
    if (!found.some((other) => Math.cos(angle - other) > 1 - 1e-9)) found.push(angle);
  }
  return found.length;
}

describe.each(named)('the scene “$name”', ({ scene, view }) => {
  const settings = read(view);

  it('has a link as the page writes it, and a picture for every theme', () => {
    expect(readLink(view.hash).problems).toEqual([]);
    expect(writeLink(settings)).toBe(view.hash);
    for (const theme of ['light', 'dark']) {
      const file = `public/scenes/${scene.key}-${theme}.webp`;
      expect(existsSync(file), file).toBe(true);
      expect(statSync(file).size, file).toBeLessThan(12_000);
    }
  });

  it('is what its facts say, and there soon', () => {
    const { inView, ...facts } = view.facts;
    const began = cpuMs();
    const { regions, C, linear, dead } = measured(settings);
    expect(cpuMs() - began).toBeLessThan(scene === scenes[0] ? 300 : 1000);
    const known = Object.fromEntries(
      Object.entries({ regions, C, linear, dead }).filter(([, value]) => value !== undefined),
    );
    expect(facts).toEqual(known);
    if (inView === undefined) return;
    // As many in the plane as in the smallest map: as many in every map between the two.
    const { net } = replay(settings);
    for (const half of [1.2, 1e6])
      expect(subdivide(net, { xMin: -half, xMax: half, yMin: -half, yMax: half }).faceCount).toBe(
        inView,
      );
  });

  it('has a short line, with no number that is not measured', () => {
    expect(wordsIn(view.line)).toBeLessThanOrEqual(20);
    expect(wordsIn(scene.title)).toBeLessThanOrEqual(4);
    const hidden = settings.net.slice(1, -1);
    const { regions, linear, C, inView } = view.facts;
    const neighbours = scene.views.flatMap((other) => other.facts.regions ?? []);
    const true_ = [
      regions,
      linear,
      inView,
      C,
      C === undefined ? undefined : 2 ** C,
      C === undefined || regions === undefined ? undefined : 2 ** C / regions,
      ...neighbours,
      settings.steps,
      hidden.length,
      hidden.reduce((sum, width) => sum + width, 0),
      ...hidden,
    ];
    for (const number of numbersIn(view.line)) expect(true_, view.line).toContain(number);
  });
});

describe('the scenes', () => {
  it('say what their titles and lines say in words', () => {
    const of = (key: string) => scenes.find((scene) => scene.key === key)!;
    const [tight, loose] = of('bound').views.map(({ facts }) => facts);
    expect(2 ** tight.C!).toBe(tight.regions);
    expect(numbersIn(of('bound').title)).toEqual([2 ** loose.C! / loose.regions!]);
    expect(2 ** loose.C! / loose.regions!).toBeGreaterThanOrEqual(8000);
    const [wide, deep] = of('depth').views.map(read);
    const neurons = ({ net }: Settings) => net.slice(1, -1).reduce((sum, n) => sum + n, 0);
    expect([neurons(wide), neurons(deep)]).toEqual([24, 24]);
    expect([wide.net.length - 2, deep.net.length - 2]).toEqual([1, 3]);
    expect({ ...wide, net: deep.net }).toEqual(deep);
  });

  it('show a first layer whose creases are straight, and a second one whose creases bend', () => {
    const settings = read(scenes.find(({ key }) => key === 'folds')!.views[0]);
    const { net } = replay(settings);
    const complex = subdivide(net, { xMin: -1.2, xMax: 1.2, yMin: -1.2, yMax: 1.2 });
    const bends = net.hidden.map(({ outputs }, k) =>
      Array.from({ length: outputs }, (_, j) => directions(complex, net.offsets[k] + j)),
    );
    expect(bends[0]).toEqual([1, 1, 1, 1]);
    for (const count of bends[1]) expect(count).toBeGreaterThan(1);
  });

  it('learn the spiral', () => {
    const settings = read(scenes.find(({ key }) => key === 'spiral')!.views[0]);
    const { net } = replay(settings, 2000);
    expect(evaluate(net, buildData(settings).test).accuracy).toBeGreaterThan(0.9);
    expect(settings.steps).toBe(0);
  });

  it('learn the circle, whose boundary passes through the circle on the map', () => {
    const settings = read(scenes[0].views[0]);
    const { net } = replay(settings);
    expect(evaluate(net, buildData(settings).test).accuracy).toBeGreaterThan(0.97);
    const [[x, y, r]] = settings.pick;
    const signs = Array.from({ length: 64 }, (_, i) => (i / 64) * 2 * Math.PI).map((angle) =>
      Math.sign(forward(net, [x + r * Math.cos(angle), y + r * Math.sin(angle)])[0]),
    );
    expect(new Set(signs)).toEqual(new Set([1, -1]));
  });
});

/** The state of a page that has opened a hash and got to its step. */
function arrived(hash: string): State {
  const settings = readLink(hash).settings;
  const state = beginning(settings);
  const frame = { run: state.run, step: settings.steps, status: 'paused' } as Frame;
  const circles = settings.pick.map(([x, y, r], id) => ({ id, x, y, r }));
  return { ...state, frame, circles };
}

describe('the open scene', () => {
  it.each(named)('is “$name” where its link was opened, and its line is true there', ({ view }) => {
    const state = arrived(view.hash);
    const open = openScene(state);
    expect(open?.view).toBe(view);
    expect(showsLine(open!, state)).toBe(true);
    expect(showsLine(open!, { ...state, frame: null })).toBe(true);
  });

  it('is none for other links, not even for the first network without its circle', () => {
    for (const hash of ['steps=0', 'steps=400', 'net=2-8-1', 'steps=400&pick=0.5,0.1,0.3&lr=0.02'])
      expect(openScene(arrived(hash)), hash).toBeNull();
  });

  it('stays while it is trained and looked at, and ends with its network or its data', () => {
    const state = arrived(scenes[0].views[0].hash);
    const changed = (part: Partial<Settings>) =>
      openScene({ ...state, settings: { ...state.settings, ...part } })?.scene;
    expect(changed({ steps: 0, lr: 0.1, show: 'bound', theme: 'dark' })).toBe(scenes[0]);
    expect(changed({ net: [2, 9, 8, 1] })).toBeUndefined();
    expect(changed({ data: 'moons' })).toBeUndefined();
    expect(changed({ seed: 43 })).toBeUndefined();
  });

  it('says its line only of its step, its circle and its training', () => {
    const state = arrived(scenes[0].views[0].hash);
    const open = openScene(state)!;
    const says = (part: Partial<State>) => showsLine(open, { ...state, ...part });
    expect(says({ frame: { ...state.frame!, step: 401 } })).toBe(false);
    expect(says({ circles: [{ ...state.circles[0], x: 0.51 }] })).toBe(false);
    expect(says({ circles: [] })).toBe(false);
    expect(says({ settings: { ...initialSettings, ...state.settings, lr: 0.1 } })).toBe(false);
    const replaying = { ...state.frame!, step: 12, status: 'replaying' } as const;
    expect(says({ frame: replaying })).toBe(true);
  });
});
