import { describe, expect, it } from 'vitest';
import { nodeIo } from '../../../cli/src/io.ts';
import { readNetwork } from '../../../cli/src/readNetwork.ts';
import { makeData } from '../../../src/data/make.ts';
import { InputError } from '../../../src/errors.ts';
import { ticks } from '../../../src/export/axes.ts';
import { regionsSvg, type SvgOptions } from '../../../src/export/svg.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { facePolygon } from '../../../src/regions/complex/faces.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { creaseLength } from '../../../src/regions/measure/creaseLength.ts';
import { decisionBoundary } from '../../../src/regions/measure/decisionBoundary.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { allOf, parseXml, type XmlElement } from '../../support/xml.ts';
import { answer, cases, PLANE, run } from '../cli/run.ts';

const BOX = { xMin: -1.2, xMax: 1.2, yMin: -1.2, yMax: 1.2 };
const net = createNetwork({ widths: [2, 8, 8, 1], negativeSlope: 0, initialiser: 'he', seed: 3 });
const complex = subdivide(net, BOX);
const linear = linearRegions(net, complex);
const { train, test } = makeData({
  kind: 'circle',
  count: 60,
  noise: 0.1,
  trainFraction: 0.7,
  seed: 1,
});

const everything: SvgOptions = {
  title: 'A <title> & "more"',
  caption: 'C = 3, so at most 2³ regions',
  link: 'https://example.org/#net=2-8-8-1&seed=3',
  changes: linear.changes,
  boundary: decisionBoundary(net, complex),
  train,
  test,
  circles: [
    { x: 0, y: 0.5, r: 0.25 },
    { x: 1.1, y: 0, r: 0.3 },
  ],
};
const parsed = (options: SvgOptions = {}) => parseXml(regionsSvg(net, complex, options));
const groups = (root: XmlElement) =>
  root.children.filter(({ name }) => name === 'g').map(({ attributes }) => attributes.id);
const group = (root: XmlElement, id: string) =>
  allOf(root).find(({ name, attributes }) => name === 'g' && attributes.id === id)!;
/** The length of a path of straight lines, in pixels. */
const lengthOf = (d: string) =>
  d
    .split('M')
    .slice(1)
    .reduce((sum, line) => {
      const points = line
        .replace('Z', '')
        .split('L')
        .map((point) => point.split(' ').map(Number));
      if (line.endsWith('Z')) points.push(points[0]);
      const steps = points
        .slice(1)
        .map(([x, y], i) => Math.hypot(x - points[i][0], y - points[i][1]));
      return sum + steps.reduce((a, b) => a + b, 0);
    }, 0);

describe('the picture of a network as SVG', () => {
  it('is XML with the named groups, in the order in which they lie upon each other', () => {
    const root = parsed(everything);
    expect(groups(root)).toEqual([
      'regions',
      'creases',
      'boundary',
      'data',
      'circles',
      'axes',
      'caption',
    ]);
    expect(groups(parsed({ axes: false }))).toEqual(['regions', 'creases']);
    expect(group(root, 'creases').children.map(({ attributes }) => attributes.id)).toEqual(
      expect.arrayContaining(['creases-layer-2', 'creases-layer-1']),
    );
  });

  it('has a polygon for every region, each with its corners to a ten-thousandth of a pixel', () => {
    const polygons = group(parsed(), 'regions').children;
    expect(polygons).toHaveLength(complex.faceCount);
    expect(new Set(polygons.map(({ attributes }) => attributes.id)).size).toBe(complex.faceCount);
    polygons.forEach(({ name, attributes }, face) => {
      expect(name).toBe('polygon');
      const points = attributes.points.split(' ').map((pair) => pair.split(',').map(Number));
      const corners = facePolygon(complex, face);
      expect(points).toHaveLength(corners.length);
      points.forEach(([x, y], i) => {
        expect(Math.abs(x - (44 + ((corners[i][0] + 1.2) * 800) / 2.4))).toBeLessThan(6e-5);
        expect(Math.abs(y - (16 + ((1.2 - corners[i][1]) * 800) / 2.4))).toBeLessThan(6e-5);
      });
    });
  });

  it('has every crease once: the paths are as long as the creases', () => {
    for (const changes of [undefined, linear.changes]) {
      const layers = group(parsed(changes ? { changes } : {}), 'creases').children;
      const total = (ends: RegExp) =>
        layers
          .filter(({ attributes }) => ends.test(attributes.id))
          .flatMap(({ children }) => children)
          .reduce((sum, { attributes }) => sum + lengthOf(attributes.d), 0);
      const scale = 800 / 2.4;
      const all = creaseLength(net, complex);
      expect(total(/./) / scale).toBeCloseTo(all.total, 4);
      expect(total(/layer-1/) / scale).toBeCloseTo(all.perLayer[0], 4);
      const shown = changes ? creaseLength(net, complex, { changes }) : all;
      expect(total(/layer-\d$/) / scale).toBeCloseTo(shown.total, 4);
    }
  });

  it('needs nothing that drawing programs do not know: no styles, scripts or transformations', () => {
    const elements = allOf(parsed(everything));
    const known = new Set(
      'svg title desc defs clipPath g rect polygon path circle line text a'.split(' '),
    );
    for (const { name, attributes } of elements) {
      expect(known.has(name), name).toBe(true);
      for (const [key, value] of Object.entries(attributes)) {
        expect(key).not.toMatch(/^(style|class|transform|on.*)$/);
        expect(value).not.toMatch(/NaN|Infinity|undefined|var\(|\de-\d/);
      }
    }
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells its title, caption and link, whatever characters they hold', () => {
    const strange = { ...everything, caption: 'a\u0000b <c> & "d" \ud800 é' };
    const root = parsed(strange);
    const [title, desc] = root.children;
    expect([title.name, title.text]).toEqual(['title', everything.title]);
    expect(desc.text).toBe(`a\uFFFDb <c> & "d" \uFFFD é\n${everything.link}`);
    const [link] = group(root, 'caption').children;
    expect(link.attributes['xlink:href']).toBe(everything.link);
    expect(link.children[0].text).toBe('a\uFFFDb <c> & "d" \uFFFD é');
  });

  it('shows the samples in view by class, those of the test hollow, and the circles', () => {
    const root = parsed(everything);
    const of = (id: string, name: string) =>
      group(root, id).children.filter((child) => child.name === name).length;
    const zeros = train.labels.filter((label) => label === 0).length;
    expect([of('data-train', 'circle'), of('data-train', 'rect')]).toEqual([
      zeros,
      train.count - zeros,
    ]);
    expect(group(root, 'data-test').children.every((c) => c.attributes.fill === '#fbfbf9')).toBe(
      true,
    );
    expect(of('circles', 'circle')).toBe(2);
    const small = subdivide(net, { xMin: 0, xMax: 0.1, yMin: 0, yMax: 0.1 });
    const near = parseXml(regionsSvg(net, small, { train }));
    expect(group(near, 'data-train').children.length).toBeLessThan(train.count);
  });

  it('refuses what would be no picture', () => {
    const some = subdivide(net, BOX, { maxRegions: 5 });
    expect(() => regionsSvg(net, some)).toThrow(InputError);
    for (const width of [Number.NaN, 0, 1e6])
      expect(() => regionsSvg(net, complex, { width })).toThrow(/16 to 100000 pixels/);
    const high = subdivide(net, { xMin: 0, xMax: 1e-6, yMin: 0, yMax: 1 });
    expect(() => regionsSvg(net, high)).toThrow(/at most as high/);
  });
});

describe('numbers along an axis', () => {
  it('are round, inside, and told apart', () => {
    for (const [min, max] of [
      [-1.2, 1.2],
      [0, 1e-9],
      [-5e7, 3e8],
      [1000, 1000.01],
      [-0.3, 0.05],
    ]) {
      const found = ticks(min, max, 8);
      expect(found.length).toBeGreaterThanOrEqual(3);
      expect(found.length).toBeLessThanOrEqual(11);
      expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
      for (const { value, text } of found) {
        expect(value >= min && value <= max).toBe(true);
        expect(Number(text)).toBeCloseTo(value, 12);
        expect(text).not.toMatch(/^-0\.?0*$/);
      }
    }
    expect(ticks(1e16, 1e16 + 2, 8)).toEqual([]);
    expect(ticks(-1.2, 1.2, 5).map(({ text }) => text)).toEqual([
      '-1.0',
      '-0.5',
      '0.0',
      '0.5',
      '1.0',
    ]);
  });
});

describe('reluscope picture', () => {
  it.each(cases.filter(({ expect: { count } }) => count))(
    'draws as many polygons as there are regions: $name',
    async ({ path, expect: expected }) => {
      const { net } = await readNetwork(path, nodeIo);
      if (net.inputs !== 2) return;
      const words = ['picture', path, '--box', expected.box.join(), '--out', 'p.svg'];
      const { code, out, written, error } = await run([...words, '--at', '0,0', '--r', '.5']);
      expect([code, error]).toEqual([0, expect.not.stringMatching(/internal/)]);
      const { activation_regions, linear_regions } = expected.count;
      expect(JSON.parse(out)).toMatchObject({
        activationRegions: activation_regions,
        linearRegions: linear_regions,
        written: 'p.svg',
      });
      const root = parseXml(written['p.svg']);
      expect(group(root, 'regions').children).toHaveLength(activation_regions);
    },
  );

  it('needs a file to write, and a whole circle', async () => {
    const said = async (...words: string[]) => (await run(['picture', PLANE, ...words])).error;
    expect(await said()).toMatch(/--out is missing/);
    expect(await said('--out', 'a.svg', '--at', '0,0')).toMatch(/--r is missing/);
    expect(await said('--out', 'a.svg', '--r', '1')).toMatch(/--at is missing/);
    expect(await said('--out', 'a.svg', '--width', '5')).toMatch(/16 to 100000 pixels/);
    expect(await said('--out', PLANE)).toMatch(/is the file .* that is read/);
    expect(await said('--out', 'a.svg', '--max-regions', '1')).toMatch(/more than 1/);
    await expect(answer(['picture', PLANE])).rejects.toThrow();
  });
});
