import type { Page } from '@playwright/test';
import { rasterHeight } from '../../app/map/painting.ts';
import { projection } from '../../app/map/projection.ts';
import { boxOf } from '../../app/session/view.ts';
import { regionBucket, regionPalette } from '../../src/export/regionColours.ts';
import { BORDER, type RegionComplex } from '../../src/regions/complex/complex.ts';
import { faceArea } from '../../src/regions/complex/faces.ts';
import { insphere } from '../../src/regions/measure/insphere.ts';
import { locate } from '../../src/regions/query/locate.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../src/settings/build.ts';
import type { View } from '../../src/settings/compound.ts';
import { readLink } from '../../src/settings/link.ts';
import { expect, openApp, test } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

const map = (page: Page) => page.getByRole('application');

async function mapBox(page: Page) {
  const box = await map(page).boundingBox();
  if (!box) throw new Error('the map has no box');
  return box;
}

const regions = (page: Page) =>
  page.getByTestId('counts').evaluate((e) => Number((e as HTMLElement).dataset.regions));

const networkOf = (link: string) => buildTrainer(readLink(link).settings).network;
const viewOf = (page: Page): View => readLink(new URL(page.url()).hash.slice(1)).settings.view;
const square = ({ x, y, half }: View) => ({
  xMin: x - half,
  xMax: x + half,
  yMin: y - half,
  yMax: y + half,
});
const HOME = square({ x: 0, y: 0, half: 1.2 });

/** What a map of this size shows of the plane at first. */
const homeOf = ({ width, height }: { width: number; height: number }) =>
  boxOf({ x: 0, y: 0, half: 1.2 }, width, height);

/** CSS colours of the canvas with regions and creases at pixels of the map. */
const coloursAt = (page: Page, places: readonly (readonly [number, number])[]) =>
  page
    .getByTestId('map')
    .locator('canvas')
    .first()
    .evaluate((canvas, at) => {
      const element = canvas as HTMLCanvasElement;
      const ctx = element.getContext('2d');
      if (!ctx) throw new Error('the canvas cannot be read');
      const share = element.width / element.clientWidth;
      return at.map(([px, py]) => {
        const { data } = ctx.getImageData(Math.round(px * share), Math.round(py * share), 1, 1);
        return `#${[data[0], data[1], data[2]].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
      });
    }, places);

/** Whether two colours look the same: a canvas may round a channel. */
const close = (a: string, b: string): boolean =>
  [1, 3, 5].every(
    (i) =>
      Math.abs(Number.parseInt(a.slice(i, i + 2), 16) - Number.parseInt(b.slice(i, i + 2), 16)) <=
      2,
  );

test('Hovering marks the region with its insphere, and the card shows its radius', async ({
  page,
}) => {
  const link = 'net=2-6-6-1&seed=3';
  await openApp(page, `#${link}&theme=light`);
  const net = networkOf(link);
  const complex = subdivide(net, HOME);
  const face = locate(net, complex, 0.31, -0.27);
  const box = await mapBox(page);
  const p = projection({ x: 0, y: 0, half: 1.2 }, box.width, box.height);
  const overlay = page.getByTestId('map').locator('canvas').nth(1);
  const bare = await overlay.evaluate((c) => (c as HTMLCanvasElement).toDataURL());
  await page.mouse.move(box.x + p.px(0.31), box.y + p.py(-0.27));
  const radius = page.getByTestId('insphere');
  await expect(radius).toBeVisible();
  const shown = Number(await radius.getAttribute('data-value'));
  expect(shown / insphere(complex, face).r).toBeCloseTo(1, 6);
  await expect
    .poll(() => overlay.evaluate((c) => (c as HTMLCanvasElement).toDataURL()))
    .not.toBe(bare);
});

test('Arrow keys go from region to region, and Escape ends it', async ({ page }) => {
  await openApp(page, '#net=2-6-6-1&seed=3');
  await map(page).focus();
  await page.keyboard.press('ArrowRight');
  const radius = page.getByTestId('insphere');
  await expect(radius).toBeVisible();
  const first = await radius.getAttribute('data-value');
  await page.keyboard.press('ArrowRight');
  await expect(radius).not.toHaveAttribute('data-value', first ?? '');
  await expect(page.getByRole('status').filter({ hasText: 'Region of area' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(radius).toHaveCount(0);
});

test('A tap on a phone marks the region under the finger', async ({ phone: page }) => {
  await openApp(page, '#net=2-6-6-1&seed=3');
  const overlay = page.getByTestId('map').locator('canvas').nth(1);
  const bare = await overlay.evaluate((c) => (c as HTMLCanvasElement).toDataURL());
  await map(page).tap({ position: { x: 150, y: 120 } });
  await expect
    .poll(() => overlay.evaluate((c) => (c as HTMLCanvasElement).toDataURL()))
    .not.toBe(bare);
  await expect(page.getByTestId('insphere')).toBeVisible();
});

test('A zoom by 10⁹ onto a crossing shows its four regions, each where it is', async ({ page }) => {
  const link = 'net=2-8-8-1&seed=7&hide=boundary,train,test&theme=light';
  const net = networkOf(link);
  const complex = subdivide(net, HOME);
  // A crossing away from 0, whose coordinates leave no spare digits, and from all others.
  const crossing = Array.from({ length: complex.vertexCount }, (_, v) => v)
    .filter((v) => complex.vertexLines[2 * v] > BORDER && complex.vertexLines[2 * v + 1] > BORDER)
    .map((v) => ({ x: complex.coordinates[2 * v], y: complex.coordinates[2 * v + 1] }))
    .find(
      ({ x, y }) =>
        Math.min(Math.abs(x), Math.abs(y)) > 0.2 &&
        Math.max(Math.abs(x), Math.abs(y)) < 1 &&
        subdivide(net, square({ x, y, half: 1e-9 })).faceCount === 4,
    );
  if (!crossing) throw new Error('this network has no lone crossing');

  await openApp(page, `#${link}`);
  const box = await mapBox(page);
  for (let round = 0; round < 60 && viewOf(page).half > 1.2e-9; round++) {
    const p = projection(viewOf(page), box.width, box.height);
    await page.mouse.move(box.x + p.px(crossing.x), box.y + p.py(crossing.y));
    const before = page.url();
    await page.mouse.wheel(0, -1200);
    // Asked often: there are a dozen rounds.
    await expect.poll(() => page.url(), { intervals: [50] }).not.toBe(before);
  }
  const view = viewOf(page);
  expect(view.half).toBeLessThanOrEqual(1.2e-9);
  await expect.poll(() => regions(page)).toBe(4);
  // The pointer's own marks are drawn on another canvas; its region is no other colour.
  const seen = subdivide(net, square(view));
  const p = projection(view, box.width, box.height);
  const palette = regionPalette(false);
  const places = Array.from({ length: seen.faceCount }, (_, face) => {
    const { x, y, r } = insphere(seen, face);
    expect(r * p.scale).toBeGreaterThan(4);
    return [p.px(x), p.py(y)] as const;
  });
  const expected = Array.from(
    { length: seen.faceCount },
    (_, face) => palette[regionBucket(seen.patterns, face * seen.words, seen.words)],
  );
  const colours = await coloursAt(page, places);
  for (const [face, colour] of colours.entries())
    expect(close(colour, expected[face]), `${colour} and ${expected[face]}`).toBe(true);
  // A circle set at the crossing meets all four, and no more.
  await page.mouse.click(box.x + p.px(crossing.x) + 1, box.y + p.py(crossing.y) + 1);
  await expect(page.getByTestId('exact-count')).toHaveAttribute('data-value', '4');
  await expect(page.getByTestId('circle-radius')).toHaveAttribute(
    'data-value',
    String(Number((view.half / 6).toPrecision(2))),
  );
  // The card measures that region, as small as it is.
  await page.mouse.move(box.x + places[0][0], box.y + places[0][1]);
  const radius = page.getByTestId('insphere');
  await expect(radius).toContainText('10⁻');
  const shown = Number(await radius.getAttribute('data-value'));
  expect(
    shown / insphere(seen, locate(net, seen, p.x(places[0][0]), p.y(places[0][1]))).r,
  ).toBeCloseTo(1, 4);
});

/** Number of faces that fit into a pixel of a map so wide. */
function smallerThanAPixel(complex: RegionComplex, width: number): number {
  const { box, coordinates, faceStart, origin, faceCount } = complex;
  // Whole pixels in both directions, so that one may be a trace larger in one of them.
  const scales = [
    width / (box.xMax - box.xMin),
    rasterHeight(box, width) / (box.yMax - box.yMin),
  ] as const;
  let found = 0;
  for (let face = 0; face < faceCount; face++) {
    const corners = Array.from(origin.subarray(faceStart[face], faceStart[face + 1]));
    const extent = (axis: 0 | 1) => {
      const values = corners.map((v) => coordinates[2 * v + axis] * scales[axis]);
      return Math.max(...values) - Math.min(...values);
    };
    if (extent(0) < 1 && extent(1) < 1) found++;
  }
  return found;
}

test('The map says how many of ten thousand regions are smaller than a pixel', async ({ page }) => {
  const link = 'net=2-64-64-64-1&seed=42&hide=creases,boundary,train,test&theme=light';
  await openApp(page, `#${link}`);
  const net = networkOf(link);
  const box = await mapBox(page);
  const complex = subdivide(net, homeOf(box));
  const expected = smallerThanAPixel(complex, Math.round(box.width));
  expect(expected).toBeGreaterThan(100);
  const note = page.getByTestId('smaller');
  await expect(note).toHaveAttribute('data-smaller', String(expected), { timeout: 30_000 });
  await expect(note).toContainText('under a pixel');
  // A large region far from the middle has its own colour in the painted picture.
  const p = projection({ x: 0, y: 0, half: 1.2 }, box.width, box.height);
  const face = locate(net, complex, 0.9, 0.9);
  const { x, y, r } = insphere(complex, face);
  expect(r * p.scale).toBeGreaterThan(1.5);
  const [colour] = await coloursAt(page, [[p.px(x), p.py(y)]]);
  const expectedColour =
    regionPalette(false)[regionBucket(complex.patterns, face * complex.words, complex.words)];
  expect(close(colour, expectedColour), `${colour} and ${expectedColour}`).toBe(true);
});

test('The picture moves along while it is dragged, before its new regions are known', async ({
  page,
}) => {
  await openApp(page, '#net=2-64-64-64-1&hide=train,test&theme=light');
  await expect(page.getByTestId('smaller')).toContainText('under a pixel');
  const box = await mapBox(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 3 });
  const painted = () =>
    coloursAt(page, [
      [200, 200],
      [400, 300],
      [500, 500],
    ]);
  for (const colour of await painted()) expect(colour).not.toBe('#000000');
  await page.mouse.up();
  await expect(page.locator('[data-circle]')).toHaveCount(0);
});

test('Zooming out shows at once what was seen there before', async ({ page }) => {
  await openApp(page, '#net=2-64-64-64-1&hide=train,test&theme=light');
  const note = page.getByTestId('smaller');
  await expect(note).toContainText('under a pixel');
  const box = await mapBox(page);
  const whole = await regions(page);
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.4 * box.height);
  for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -400);
  await expect.poll(() => regions(page)).toBeLessThan(whole);
  await page.getByRole('button', { name: 'Whole view' }).click();
  // The two frames after: a subdivision of ten thousand regions takes longer.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  const corners = await coloursAt(page, [
    [40, 40],
    [box.width - 40, 40],
    [40, box.height - 40],
  ]);
  for (const colour of corners) expect(colour).not.toBe('#000000');
});

test('The regions inspector goes to the smallest region, marks it, and comes back', async ({
  page,
}) => {
  const link = 'net=2-16-16-1&seed=42';
  const net = networkOf(link);
  await openApp(page, `#${link}`);
  const complex = subdivide(net, homeOf(await mapBox(page)));
  await page.getByText('Regions in view', { exact: true }).click();
  await expect(page.getByTestId('overview')).toHaveAttribute(
    'data-regions',
    String(complex.faceCount),
  );
  await expect(page.getByRole('list', { name: 'Largest' }).getByRole('button')).toHaveCount(5);
  await page.getByRole('button', { name: 'Smallest' }).click();
  const first = page.getByRole('list', { name: 'Smallest' }).getByRole('button').first();
  await first.click();
  // The smallest of the regions that the edge of the view does not cut.
  const whole = Array.from({ length: complex.faceCount }, (_, face) => face).filter((face) =>
    complex.halfEdgeNeuron
      .subarray(complex.faceStart[face], complex.faceStart[face + 1])
      .every((neuron) => neuron > BORDER),
  );
  const smallest = whole.reduce((a, b) => (faceArea(complex, b) < faceArea(complex, a) ? b : a));
  const corners = Array.from(
    complex.origin.subarray(complex.faceStart[smallest], complex.faceStart[smallest + 1]),
  );
  const extent = (axis: 0 | 1) => {
    const values = corners.map((v) => complex.coordinates[2 * v + axis]);
    return Math.max(...values) - Math.min(...values);
  };
  const half = 1.5 * Math.max(extent(0), extent(1));
  await expect.poll(() => viewOf(page).half / half).toBeCloseTo(1, 5);
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  const radius = page.getByTestId('insphere');
  await expect
    .poll(
      async () => Number(await radius.getAttribute('data-value')) / insphere(complex, smallest).r,
    )
    .toBeCloseTo(1, 3);
  // The lists stay those of the view that was left.
  await expect(page.getByTestId('overview')).toContainText('the view you came from');
  await expect(page.getByTestId('overview')).toHaveAttribute(
    'data-regions',
    String(complex.faceCount),
  );
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect.poll(() => page.url()).not.toContain('view=');
  await expect.poll(() => regions(page)).toBe(complex.faceCount);
  await expect(page.getByTestId('overview')).not.toContainText('came from');
});

test('The lists of regions follow the network while it trains', async ({ page }) => {
  await openApp(page, '#net=2-16-16-1&seed=42&data=spiral');
  await page.getByText('Regions in view', { exact: true }).click();
  const list = page.getByRole('list', { name: 'Largest' });
  const before = await list.textContent();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => list.textContent()).not.toBe(before);
  await page.getByRole('button', { name: 'Pause' }).click();
  const listed = async () =>
    Number(await page.getByTestId('overview').getAttribute('data-regions'));
  await expect.poll(async () => (await listed()) - (await regions(page))).toBe(0);
});

for (const theme of ['light', 'dark'])
  test(`axe finds nothing in the regions inspector, ${theme}`, async ({ page }) => {
    await openApp(page, `#theme=${theme}&net=2-16-16-1`);
    await page.getByText('Regions in view', { exact: true }).click();
    await expect(page.getByRole('list', { name: 'Largest' })).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
  });

test('A region that the view cuts is not called a linear region by itself', async ({ page }) => {
  await openApp(page, '#net=2-8-8-1&data=spiral&view=0.1,0.1,0.005');
  await map(page).focus();
  await page.keyboard.press('ArrowRight');
  const card = page.getByRole('region', { name: 'Region', exact: true });
  await expect(card).toContainText('It reaches the edge of the view');
  await expect(card).toContainText('No neighbour in view has the same affine map.');
  await expect(card).not.toContainText('by itself');
});
