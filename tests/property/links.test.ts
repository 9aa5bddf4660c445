import { describe, expect, it } from 'vitest';
import { initialisers } from '../../src/model/initialisers/registry.ts';
import { createRandom } from '../../src/random.ts';
import { buildData, buildTrainer, ruleAt } from '../../src/settings/build.ts';
import {
  clampView,
  MAX_CIRCLES,
  MAX_DRAWN_POINTS,
  MAX_HIDDEN_LAYERS,
  PLACE_LIMITS,
  RADIUS_LIMITS,
  VIEW_LIMITS,
} from '../../src/settings/compound.ts';
import type { ChoiceField, NumberField } from '../../src/settings/field.ts';
import { readLink, readQuery, writeLink } from '../../src/settings/link.ts';
import {
  initialSettings,
  type SettingKey,
  type Settings,
  schema,
  settingKeys,
} from '../../src/settings/schema.ts';
import { cpuMs } from '../support/cpuTime.ts';
import { trials } from '../support/trials.ts';

const LINKS = trials(2000, 10_000);
const SLOWEST_MS = 2000;

const LONG = 2 ** 20;
/** A link that says something in every key; what is hostile is put in the place of its parts. */
const HONEST: Record<string, string> = {
  data: 'drawn',
  n: '200',
  noise: '0.1',
  split: '0.7',
  dseed: '3',
  points: '0.1,0.2,1;-0.3,0.4,0;0.5,-0.6,1',
  net: '2-8-8-1',
  act: 'leaky',
  slope: '0.05',
  init: 'he',
  seed: '7',
  opt: 'sgd',
  lr: '0.03',
  batch: '8',
  l1: '0.001',
  l2: '0',
  run: '20,adam,0.1,16,0,0;40,sgd,0.01,16,0,0.1',
  speed: 'max',
  steps: '3',
  pick: '0.1,0.2,0.25;-0.4,0.3,0.2',
  view: '0.1,0,1.2',
  show: 'bound',
  method: 'crown',
  hide: 'creases,test',
  compute: 'reference',
  theme: 'dark',
};
const words = (text: string): string[] => text.split(' ');
const HOSTILE = [
  ...words('NaN Infinity -Infinity 1e999 -1e999 1e308 -1e308 5e-324 -0 0 -1 1e6 1000001 1e-13'),
  ...words('999999999999999999999 0.1.2 0x1F 1_000 ٣ １ −5 “ <script> &amp; é 💥'),
  ...words('+ % %00 %ZZ %E0%A4 %EF%BB%BF %0A%0D __proto__ constructor toString undefined null'),
  ...words(', ; ;; ,, ;,; - -- 2--1 2-8-400-1 2-1 3-8-1 2-8-1- 2-1e3-1 1;2;3 creases,creases,x'),
  ...words('0,0,0 0,0,-1 1e999,0,1 0,0,1e-300 1e6,1e6,1e-12 ,,1 0,0 0,0,1,1 1,2,0.5'),
  '0.1234567890123456789,-0.9876543210987654321,0.11111111111111111',
  ...['', ' ', '\u0000', '\u001b[2J', '\u202e', '\ufeff', '\u2028', '\ud800', 'x\udc00'],
];
const KEYS = [
  ...settingKeys,
  ...words('__proto__ constructor prototype valueOf v nosuch NET é'),
  ...['', 'net ', '\ud800'],
];

/** One link, made from an honest one by a few blows. */
function hostileLink(number: number): string {
  const random = createRandom(number, 99);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)];
  const nearLimit = (key: SettingKey): string => {
    const { min = 0, max = 0 } = schema[key] as Partial<NumberField>;
    return String(pick([min, max, min - 1e-9, max + 1e-9, min / 2, max * 2, -max, max - 0.3]));
  };
  const long = (): string => {
    const unit = pick([
      '9',
      '-8',
      ';0,0,1',
      ',creases',
      'x',
      '%41',
      '1e',
      '\ud83d\ude00',
      '&n=1',
      '&k',
    ]);
    // A megabyte now and then; most links are long enough at a thousandth of that.
    const size = below(200) === 0 ? LONG : LONG / 1024;
    return unit.repeat(Math.ceil(size / unit.length));
  };
  const value = (key: string): string => {
    const honest = Object.hasOwn(HONEST, key) ? HONEST[key] : '1';
    const blow = pick([
      'hostile',
      'insert',
      'delete',
      'repeat',
      'part',
      'limit',
      'long',
      'honest',
      'honest',
    ]);
    if (blow === 'insert') {
      const at = below(honest.length + 1);
      return honest.slice(0, at) + pick(HOSTILE) + honest.slice(at);
    }
    if (blow === 'delete') {
      const at = below(honest.length);
      return honest.slice(0, at) + honest.slice(at + 1 + below(3));
    }
    if (blow === 'repeat')
      return Array(2 + below(40))
        .fill(honest)
        .join(pick(['', ',', ';', '-']));
    if (blow === 'part')
      return honest.replace(/[^,;-]+/g, (part) => (below(3) ? part : pick(HOSTILE)));
    if (blow === 'limit' && Object.hasOwn(schema, key)) return nearLimit(key as SettingKey);
    if (blow === 'long' && below(4) === 0) return honest + long();
    return blow === 'honest' ? honest : pick(HOSTILE);
  };
  const pairs = Array.from({ length: 1 + below(4) }, () => {
    const key = pick(KEYS);
    const text = value(key);
    const escaped = pick(['raw', 'raw', 'escaped']) === 'raw';
    // Lone surrogates cannot be escaped, only written.
    return `${key}${pick(['=', '=', '=', '', '=='])}${escaped || /\p{Cs}/u.test(text) ? text : encodeURIComponent(text)}`;
  });
  return pick(['', '#', '##', '?']) + pairs.join(pick(['&', '&', '&', '&&', ';']));
}

/** Every number in a value, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
}

function expectWithinLimits(s: Settings): void {
  for (const key of settingKeys) {
    const field = schema[key] as unknown as Partial<
      NumberField & ChoiceField<string> & { whole: boolean }
    >;
    const value = s[key];
    if (typeof value === 'number') {
      expect(value).toBeGreaterThanOrEqual(field.min ?? Number.NaN);
      expect(value).toBeLessThanOrEqual(field.max ?? Number.NaN);
      if (field.whole) expect(Number.isInteger(value)).toBe(true);
    }
    if (typeof value === 'string') expect(field.options?.map((o) => o.key)).toContain(value);
  }
  const hidden = s.net.slice(1, -1);
  expect([s.net[0], s.net[s.net.length - 1]]).toEqual([2, 1]);
  expect(hidden.length >= 1 && hidden.length <= MAX_HIDDEN_LAYERS).toBe(true);
  expect(hidden.every((w) => Number.isInteger(w) && w >= 1 && w <= 256)).toBe(true);
  expect(s.view).toEqual(clampView(s.view));
  expect(s.view.half).toBeLessThanOrEqual(VIEW_LIMITS.maxHalf);
  const placed = (v: number) => v >= PLACE_LIMITS.min && v <= PLACE_LIMITS.max;
  expect(s.pick.length).toBeLessThanOrEqual(MAX_CIRCLES);
  for (const [x, y, r] of s.pick)
    expect(placed(x) && placed(y) && r >= RADIUS_LIMITS.min && r <= RADIUS_LIMITS.max).toBe(true);
  expect(s.points.length).toBeLessThanOrEqual(MAX_DRAWN_POINTS);
  for (const [x, y, label] of s.points)
    expect(placed(x) && placed(y) && (label === 0 || label === 1)).toBe(true);
  for (const [i, { until }] of s.run.entries())
    expect(until > (s.run[i - 1]?.until ?? 0) && until <= schema.steps.max).toBe(true);
}

/** One sentence, short, with nothing in it that acts instead of being seen. */
function expectSentence(problem: string): void {
  expect(problem).toMatch(/^[A-Z“][^\n]*[^.]\.$/u);
  expect(problem).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  expect(problem).not.toContain('NaN ');
  expect(problem.length).toBeLessThan(260);
}

/** What a number in a link became is what it said, or a sentence says so. */
function expectNothingSilent(link: string, settings: Settings, problems: readonly string[]): void {
  for (const [key, text] of new Map(new URLSearchParams(link.replace(/^#/, '')))) {
    if (!Object.hasOwn(schema, key)) {
      if (key !== 'v' || text !== '1') expect(problems.length).toBeGreaterThan(0);
      continue;
    }
    const { label, options } = schema[key as SettingKey] as Partial<ChoiceField<string>>;
    const now = settings[key as SettingKey];
    const kept =
      typeof now === 'number' ? Number(text) === now && text.trim() !== '' : now === text;
    if ((typeof now === 'number' || options) && !kept && text.trim().toLowerCase() !== now)
      expect(problems.filter((problem) => problem.startsWith(`${label}: `))).toHaveLength(1);
  }
}

const weightsIn = (net: readonly number[]): number =>
  net.slice(1).reduce((sum, width, k) => sum + width * (net[k] + 1), 0);

/** What the settings ask for can be made, and learns a step, in finite numbers. */
function expectBuilt(s: Settings): void {
  const { train, test } = buildData(s);
  expect(train.points.every(Number.isFinite) && test.points.every(Number.isFinite)).toBe(true);
  const trainer = buildTrainer(s);
  trainer.configure(ruleAt(s, 1));
  trainer.step();
  const { layers } = trainer.network;
  for (const { weights, biases } of layers)
    expect(weights.every(Number.isFinite) && biases.every(Number.isFinite)).toBe(true);
}

describe('hostile links', () => {
  it(`${LINKS} of them give settings within the limits, and a sentence for what they do not`, () => {
    let slowest = 0;
    let refused = 0;
    for (let number = 0; number < LINKS; number++) {
      const link = hostileLink(number);
      const began = cpuMs();
      const { settings, problems } = readLink(link);
      const query = readQuery(link);
      const again = readLink(writeLink(settings));
      slowest = Math.max(slowest, cpuMs() - began);
      for (const problem of [...problems, ...query.problems]) expectSentence(problem);
      // At most one sentence on each key, one that it stands there twice, and one on all that are unknown.
      expect(problems.length).toBeLessThanOrEqual(2 * settingKeys.length + 2);
      expect(numbersIn([settings, query.settings]).every(Number.isFinite)).toBe(true);
      expect(Object.keys(settings)).toEqual(settingKeys);
      expectWithinLimits(settings);
      expectNothingSilent(link, settings, problems);
      expect(again).toEqual({ settings, problems: [] });
      if (weightsIn(settings.net) < 400 && number % 8 === 0) expectBuilt(settings);
      if (problems.length > 0) refused++;
    }
    expect(slowest).toBeLessThan(SLOWEST_MS);
    // The links are hostile indeed, and not all of them are nonsense.
    expect(refused).toBeGreaterThan(0.5 * LINKS);
    expect(refused).toBeLessThan(0.98 * LINKS);
  });

  it.each(initialisers.map(({ key }) => key))(
    'the largest network a link can ask for, drawn with %s, is there within two seconds',
    (init) => {
      const net = [2, ...Array(MAX_HIDDEN_LAYERS).fill(256), 1].join('-');
      const points = Array(MAX_DRAWN_POINTS).fill('1e6,-1e6,1').join(';');
      const began = cpuMs();
      const { settings, problems } = readLink(
        `net=${net}&init=${init}&data=drawn&points=${points}&batch=1&lr=10&opt=sgd`,
      );
      expect(problems).toEqual([]);
      expectBuilt(settings);
      expect(cpuMs() - began).toBeLessThan(SLOWEST_MS);
    },
  );

  it('leave what every object has alone', () => {
    readLink('__proto__=1&constructor=2&__proto__.n=3&toString=4');
    expect(({} as Record<string, unknown>).n).toBeUndefined();
    expect(readLink('__proto__=1&constructor=2').settings).toEqual(initialSettings);
  });
});

describe('a link', () => {
  it('says that a key appears twice, and which one counts', () => {
    const { settings, problems } = readLink('n=100&n=200&n=300');
    expect(settings.n).toBe(300);
    expect(problems).toEqual(['“n” occurs 3 times in the link; the last one counts.']);
  });

  it('names a few of the keys it does not know, and counts the others', () => {
    const { problems } = readLink('a&b=1&c&d&n=20&e');
    expect(problems).toEqual(['“a”, “b”, “c” and 2 more are not settings; they were left out.']);
  });

  it('says that a setting before the “#” has no effect, and leaves the parameters of others alone', () => {
    const { settings, problems } = readQuery('?net=2-4-1&theme=dark&utm_source=x&fbclid=y');
    expect(settings).toEqual({ theme: 'dark' });
    expect(problems).toEqual([
      '“net” must come after the “#” of the address, not after the “?”; it has no effect.',
    ]);
  });

  it('asks for no view that is too wide: one in ten thousand hostile links did', () => {
    const { settings, problems } = readLink('view=0,0,1e9');
    expect(settings.view).toEqual({ x: 0, y: 0, half: VIEW_LIMITS.maxHalf });
    expect(problems).toHaveLength(1);
  });

  it('holds the very numbers of its circles and its view', () => {
    const pick = [[0.12345678901234568, -0.9876543210987654, 0.1111111111111111]];
    const view = { x: 0.1234567890123456, y: 1 / 3, half: 2 / 3 };
    const { settings } = readLink(writeLink({ ...initialSettings, pick, view }));
    expect(settings.pick).toEqual(pick);
    expect(settings.view).toEqual(view);
  });
});
