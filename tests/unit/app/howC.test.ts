import { describe, expect, it } from 'vitest';
import { type Derivation, derive } from '../../../app/panels/inspector/howC/derive.ts';
import { type Shown, shown } from '../../../app/panels/inspector/howC/digits.ts';
import type { Sum } from '../../../app/panels/inspector/howC/sums.ts';
import { type WorkedNeuron, workedNeuron } from '../../../src/bounds/worked.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import { createRandom } from '../../../src/random.ts';
import { buildTrainer } from '../../../src/settings/build.ts';
import { readLink } from '../../../src/settings/link.ts';
import { mixSlopes } from '../../support/networks.ts';
import { readCases, readNet } from '../bounds/cases.ts';

const he = (widths: readonly number[], negativeSlope: number, seed: number) =>
  createNetwork({ widths, negativeSlope, initialiser: 'he', seed });

interface Ball {
  readonly name: string;
  readonly net: Model;
  readonly x: readonly number[];
  readonly r: number;
}

const balls: readonly Ball[] = [
  ...readCases().flatMap(({ name, net, bounds }) =>
    bounds.filter(({ r }) => r > 0).map(({ c, r }) => ({ name, net, x: c, r })),
  ),
  ...[1e-10, 0.03, 0.25, 1.234567, 80].map((r, i) => ({
    name: '2-10-10-1',
    net: he([2, 10, 10, 1], 0, i),
    x: [0.123456789, -0.3],
    r,
  })),
  { name: 'leaky 2-8-8-8-1', net: he([2, 8, 8, 8, 1], 0.1, 3), x: [0.2, 0.7], r: 0.2 },
  {
    name: 'mixed slopes 2-9-9-1',
    net: mixSlopes(he([2, 9, 9, 1], 0, 5), createRandom(5), [0, 1, -1, 0.25, -0.5, 0.3]),
    x: [-0.2, 0.5],
    r: 0.1,
  },
  { name: '2-32-32-32-1', net: readNet('2-32-32-32-1'), x: [0.1, 0.2], r: 0.1 },
];

const neurons = ({ net, x, r }: Ball) =>
  net.widths.flatMap((width, layer) =>
    Array.from({ length: width }, (_, neuron) => {
      const work = workedNeuron(net, x, r, { layer, neuron });
      return { work, derivation: derive(work, r) };
    }),
  );

/** A number of the page, read as a person does, without the page's own reader. */
function asTyped(text: string): number {
  const plain = text.replaceAll('−', '-').replaceAll('\u202f', '');
  const power = /^(-?[\d.]+) × 10(.+)$/.exec(plain);
  if (!power) return Number(plain);
  const exponent = [...power[2]].map((c) =>
    '⁰¹²³⁴⁵⁶⁷⁸⁹'.includes(c) ? '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c) : '-',
  );
  return Number(`${power[1]}e${exponent.join('')}`);
}

/** Sums of decimal numbers are a little off in 64 bits. */
const tidy = (v: number): number => Number(v.toPrecision(15));

/** Whether what was worked out by hand is the number shown, rounded to the digits that it has. */
function agrees(byHand: number, { text, value }: Shown): boolean {
  const given = asTyped(text);
  // One unit of the last digit that is written out; a number that ends in zeros may have more.
  const [mantissa, exponent] = given.toExponential().split('e');
  const unit = 10 ** (Number(exponent) - (mantissa.split('.')[1]?.length ?? 0));
  const near = (a: number, b: number) => Math.abs(a - b) <= 0.5 * unit * (1 + 1e-9);
  return given === 0 ? byHand === 0 && value === 0 : near(byHand, given) && near(value, given);
}

const sumsOf = ({ A, L, local }: Derivation): readonly Sum[] => [A, L, local];

/** The lines that do not come out when they are worked out again from the texts alone. */
function faults(work: WorkedNeuron, d: Derivation, r: number): string[] {
  const wrong: string[] = [];
  const check = (name: string, byHand: number, given: Shown) => {
    if (!agrees(byHand, given)) wrong.push(`${name}: ${byHand}, not ${given.text}`);
  };
  for (const [which, sum] of sumsOf(d).entries())
    sum.total.forEach((total, t) => {
      for (const { factor, times, product } of sum.terms)
        if (factor) check('term', asTyped(factor.text) * asTyped(times[t].text), product[t]);
      const add = (terms: Sum['terms']) =>
        terms.reduce((all, { product }) => all + asTyped(product[t].text), 0);
      check(`sum ${which}`, tidy(add(sum.terms)), total);
      const rest = sum.rest ? asTyped(sum.rest.sum[t].text) : 0;
      check(`short sum ${which}`, tidy(add(sum.large) + rest), total);
    });
  const read = ({ text }: Shown) => asTyped(text);
  const [a, local, s] = [read(d.A.total[0]), read(d.local.total[0]), read(d.slope)];
  check('norm', Math.hypot(...d.L.total.map(read)), d.norm);
  check('radius', r, d.r);
  check('reach', read(d.r) * read(d.norm), d.reach);
  if (work.verdict !== 'constant')
    check('U_raw', tidy(read(d.reach) + local + (d.slack ? read(d.slack) : 0)), d.rawU);
  const raw = read(d.rawU);
  const below = tidy(raw + (1 - s) * a);
  if (work.verdict === 'off') check('U', Math.abs(s) * raw, d.U);
  else if (work.verdict === 'undecided' && work.A < 0)
    check('U', Math.max(below, Math.abs(s) * raw), d.U);
  else check('U', raw, d.U);
  if (work.verdict === 'on' && !(raw < a)) wrong.push('on');
  if (work.verdict === 'off' && !(raw + a < 0)) wrong.push('off');
  if (work.verdict === 'undecided' && (a < 0 ? raw + a < 0 : raw < a)) wrong.push('undecided');
  return wrong;
}

describe('how C came about, in digits', () => {
  it('takes for the number read what its text says', () => {
    const random = createRandom(1);
    for (let trial = 0; trial < 5000; trial++) {
      const value = (2 * random() - 1) * 10 ** (24 * random() - 14);
      for (const digits of [1, 3, 6, 12, 17]) {
        const { text, read } = shown(value, digits);
        expect(asTyped(text)).toBe(read);
      }
    }
    for (const value of [0, -0, 0.25, 1234.5, 9999999.9, 1e7, 1e-4, 9.9999e-5])
      expect(asTyped(shown(value, 6).text)).toBe(shown(value, 6).read);
  });

  it.each(balls)('can be worked out again from the digits shown: $name, r = $r', (ball) => {
    for (const { work, derivation } of neurons(ball)) {
      const { follows, slack } = derivation;
      if (!follows) expect(slack?.value).toBeGreaterThan(0.01 * Math.abs(derivation.margin));
      else expect(faults(work, derivation, ball.r)).toEqual([]);
    }
  });

  it.each([
    'net=2-4-4-1&seed=3&pick=0.2,0.1,0.4',
    'net=2-5-4-3-1&act=leaky&slope=0.1&seed=5&pick=-0.3,0.25,0.2',
    'net=2-12-6-1&seed=7&steps=40&pick=0.1,-0.05,0.15',
  ])('starts every layer from the digits that the layer before passes on: %s', (link) => {
    const { settings } = readLink(link);
    const trainer = buildTrainer(settings);
    while (trainer.stepsDone < settings.steps) trainer.step();
    const [[x, y, r]] = settings.pick;
    const all = neurons({ name: link, net: trainer.network, x: [x, y], r });
    let before: Derivation[] = [];
    let compared = 0;
    for (const width of trainer.network.widths) {
      const layer = all.splice(0, width).map(({ derivation }) => derivation);
      for (const d of layer) {
        expect(d.closer).toBe(false);
        for (const { input, factor, times } of before.length > 0 ? d.A.terms : []) {
          if (input === null || factor === null) continue;
          expect(times[0].text).toBe(before[input].passed.value.text);
          compared++;
        }
        for (const { input, times } of before.length > 0 ? d.L.terms : [])
          expect(times.map(({ text }) => text)).toEqual(
            before[input ?? 0].passed.L.map(({ text }) => text),
          );
        for (const { input, times } of before.length > 0 ? d.local.terms : [])
          expect(times[0].text).toBe(before[input ?? 0].passed.U.text);
        // And it is the number of the lines above, with more digits.
        const { A, U, passed, slope } = d;
        const own = agrees(passed.U.read, U) || Math.abs(passed.U.read - U.read) < 1e-5 * U.read;
        expect(own).toBe(true);
        const out = A.total[0].value > 0 ? A.total[0].value : slope.value * A.total[0].value;
        expect(passed.value.read).toBeCloseTo(out, 5);
      }
      before = layer;
    }
    expect(compared).toBeGreaterThan(6);
  });

  it('says so where an input needs more digits than were passed on, which is rare', () => {
    for (const ball of balls) {
      const all = neurons(ball);
      for (const { derivation } of all) {
        const longest = Math.max(
          0,
          ...derivation.A.terms.flatMap(({ times }) =>
            times.map(({ text }) => text.replace(/ × 10.*|^[−0.]+|[^\d]/g, '').length),
          ),
        );
        if (!derivation.closer) expect(longest).toBeLessThanOrEqual(7);
      }
    }
    const large = neurons(balls[balls.length - 1]);
    const closer = large.filter(({ derivation }) => derivation.closer).length;
    expect(closer).toBeLessThan(0.05 * large.length);
  });

  it('shows what rounding adds only where it is a part of the digits shown', () => {
    const rounded = balls.flatMap((ball) =>
      neurons(ball)
        .filter(({ derivation }) => derivation.slack !== null)
        .map(({ work }) => work),
    );
    expect(rounded.length).toBeGreaterThan(0);
    for (const { A, rawU, slack } of rounded)
      expect(slack).toBeGreaterThan(1e-5 * Math.min(rawU, Math.abs(Math.abs(A) - rawU)));
  });

  it('shows a touching crease as undecided by rounding alone, with its size', () => {
    const net = networkFromJson({
      layers: [
        { W: [[1, 0]], b: [-0.25] },
        { W: [[1]], b: [0] },
      ],
    });
    const work = workedNeuron(net, [0, 0], 0.25, { layer: 0, neuron: 0 });
    const { slack, U, rawU, follows } = derive(work, 0.25);
    expect(slack?.value).toBe(work.slack);
    expect(U.value).toBe(work.U);
    expect(asTyped(U.text)).toBeCloseTo(work.U, 16);
    expect(U.read).toBeGreaterThan(0);
    expect(rawU.read).toBeGreaterThan(0.25);
    // Too little of it is left to work out on paper, and the page says so.
    expect(follows).toBe(false);
  });

  it('takes no more digits than it needs: most neurons do with six', () => {
    const all = neurons(balls[balls.length - 1]);
    const digits = (text: string) => text.replace(/^[−0.]+|[^\d]/g, '').length;
    const most = all.map(({ derivation }) =>
      Math.max(...derivation.A.terms.map(({ product }) => digits(product[0].text))),
    );
    expect(most.filter((count) => count <= 6).length).toBeGreaterThan(0.9 * all.length);
  });
});
