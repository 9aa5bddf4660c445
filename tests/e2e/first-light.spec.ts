import type { Page } from '@playwright/test';
import { expect, openApp, settled, test, unfold } from './support/app.ts';

// The controls are set here as by a reader who has them open.
test.beforeEach(({ page }) => unfold(page));

const accuracy = (page: Page) =>
  page.getByTestId('accuracy').evaluate((e) => Number((e as HTMLElement).dataset.value));

const map = (page: Page) => page.getByRole('application');

/** Position on the page of a point of the plane, in the initial view (half-width 1.2). */
async function place(page: Page, x: number, y: number) {
  const box = await map(page).boundingBox();
  if (!box) throw new Error('the map has no box');
  const scale = Math.min(box.width, box.height) / 2.4;
  return { x: box.x + box.width / 2 + x * scale, y: box.y + box.height / 2 - y * scale, scale };
}

const regions = (page: Page) =>
  page.getByTestId('counts').evaluate((e) => Number((e as HTMLElement).dataset.regions));

// Where there is an adapter the page asks for it, and passes it over.
test('The page opens with a network, its regions and nothing clicked', { tag: '@webgpu' }, async ({
  page,
}) => {
  await openApp(page);
  expect(await regions(page)).toBeGreaterThan(20);
  await expect(page.locator('[data-circle]')).toHaveCount(0);
  await expect(page.getByText(/Click or tap the map/)).toBeVisible();
});

test('Training gets the circle right on the test set, and a click reads bound and count', async ({
  page,
}) => {
  await openApp(page, '#speed=max');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => accuracy(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(0.95);
  await page.getByRole('button', { name: 'Pause' }).click();

  const at = await place(page, 0.3, 0.2);
  await page.mouse.click(at.x, at.y);
  await expect(page.locator('[data-circle]')).toHaveCount(1);
  const C = page.getByTestId('bound-C');
  await expect(C).toBeVisible();
  const read = async () => ({
    C: Number(await C.getAttribute('data-value')),
    exact: Number(await page.getByTestId('exact-count').getAttribute('data-value')),
    ratio: await page.getByTestId('looseness').textContent(),
  });
  const before = await read();
  expect(before.exact).toBeGreaterThanOrEqual(1);
  expect(before.exact).toBeLessThanOrEqual(2 ** before.C);
  expect(before.ratio).toBeTruthy();

  // The rim at angle 0: as far from the centre as the radius in the inspector says.
  const radius = Number(await page.getByTestId('circle-radius').getAttribute('data-value'));
  await page.mouse.move(at.x - radius * at.scale, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x - 0.8 * at.scale, at.y, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await read()).C).toBeGreaterThan(before.C);
  const after = await read();
  expect(after.exact).toBeGreaterThan(before.exact);
  expect(after.exact).toBeLessThanOrEqual(2 ** after.C);
});

test('Zooming and panning take the regions along, and the whole view comes back', async ({
  page,
}) => {
  await openApp(page, '#net=2-16-16-1');
  const whole = await regions(page);
  const at = await place(page, 0.1, 0.1);
  await page.mouse.move(at.x, at.y);
  for (let i = 0; i < 5; i++) await page.mouse.wheel(0, -400);
  await expect.poll(() => regions(page)).toBeLessThan(whole);
  await expect.poll(() => page.url()).toContain('view=');
  await page.getByRole('button', { name: 'Whole view' }).click();
  await expect.poll(() => regions(page)).toBe(whole);
});

test('Reset goes back to the same initial weights, new weights do not', async ({ page }) => {
  await openApp(page, '#seed=7');
  const first = await regions(page);
  await page.getByRole('button', { name: 'Epoch', exact: true }).click();
  await page.getByRole('button', { name: 'Epoch', exact: true }).click();
  await expect(page.getByTestId('readout')).toContainText('epoch 2');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByTestId('readout')).toContainText('Step 0');
  await expect.poll(() => regions(page)).toBe(first);
  await page.getByRole('button', { name: 'New weights' }).click();
  await expect.poll(() => page.url()).toContain('seed=8');
});

test('A link restores data, network, seed, circles and the step count by replay', async ({
  page,
  context,
}) => {
  await openApp(page, '#data=moons&net=2-6-6-1&seed=5&steps=120&pick=0.2,0.1,0.3');
  await expect(page.getByTestId('readout')).toContainText('Step 120');
  const C = await page.getByTestId('bound-C').getAttribute('data-value');
  const count = await regions(page);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => page.url()).toContain('steps=122');
  const other = await context.newPage();
  await openApp(other, '#data=moons&net=2-6-6-1&seed=5&steps=120&pick=0.2,0.1,0.3');
  await expect(other.getByTestId('readout')).toContainText('Step 120');
  await expect(other.getByTestId('bound-C')).toHaveAttribute('data-value', C ?? '');
  expect(await regions(other)).toBe(count);
});

test('A link with wrong values says which, and uses the rest', async ({ page }) => {
  await openApp(page, '#net=2-4-1&lr=fast&n=99999&nosuch=1');
  const notices = page.getByTestId('notice');
  await expect(notices.filter({ hasText: 'Learning rate' })).toBeVisible();
  await expect(notices.filter({ hasText: 'Samples' })).toBeVisible();
  await expect(notices.filter({ hasText: 'nosuch' })).toBeVisible();
  // A line each: several problems in one paragraph are a wall.
  const lines = notices.locator('p');
  await expect(lines.filter({ hasText: 'nosuch' })).not.toContainText('Learning rate');
  await expect(lines.filter({ hasText: 'Samples' })).not.toContainText('Learning rate');
  await expect(page.getByText('2–4–1')).toBeVisible();
});

test('A wrong number in a field is named, and nothing on screen is lost', async ({ page }) => {
  await openApp(page);
  const before = await regions(page);
  const field = page.getByLabel('Learning rate', { exact: true });
  await field.fill('banana');
  await field.press('Enter');
  await expect(page.getByText(/“banana” is not a number/)).toBeVisible();
  await expect(field).toHaveValue('0.01');
  expect(await regions(page)).toBe(before);
});

test('Training that diverges says so, keeps the last good state and offers reset', async ({
  page,
}) => {
  await openApp(page, '#opt=sgd&lr=10&net=2-64-64-64-1&speed=max');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByTestId('readout')).toContainText('diverged', { timeout: 60_000 });
  await expect(page.locator('body')).not.toContainText('NaN');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByTestId('readout')).toContainText('Step 0');
});

test('A person can draw their own points and train on them', async ({ page }) => {
  await openApp(page);
  await page.getByRole('combobox', { name: 'Data' }).selectOption('drawn');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByTestId('notice')).toContainText('no points');
  await page.getByRole('button', { name: 'Blue ●' }).click();
  for (const [x, y] of [
    [-0.5, -0.5],
    [-0.4, 0.1],
    [-0.6, 0.4],
    [-0.3, -0.2],
  ]) {
    const at = await place(page, x, y);
    await page.mouse.click(at.x, at.y);
  }
  await page.getByRole('button', { name: 'Orange ■' }).click();
  const from = await place(page, 0.4, -0.6);
  const to = await place(page, 0.5, 0.6);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 20 });
  await page.mouse.up();
  await expect(page.getByText(/points drawn/)).toBeVisible();
  await expect.poll(() => page.url()).toContain('points=');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => accuracy(page), { timeout: 30_000 }).toBeGreaterThanOrEqual(0.95);
});

test('Hovering a region shows its pattern, map and area; hovering a crease names the neuron', async ({
  page,
}) => {
  await openApp(page, '#net=2-4-1');
  const box = await map(page).boundingBox();
  if (!box) throw new Error('the map has no box');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await expect(page.getByTestId('tooltip')).toContainText('f =');
  await expect(page.getByTestId('tooltip')).toContainText('Area');
  // Somewhere along a line across the map a crease must be met.
  let named = false;
  for (let i = 2; i < 200 && !named; i++) {
    await page.mouse.move(box.x + (box.width * i) / 202, box.y + box.height * 0.45);
    // What the tooltip says of this place stands in the next picture but one.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    named = (await page.getByTestId('tooltip').getByText('Crease of').count()) > 0;
  }
  expect(named).toBe(true);
  await expect(page.getByTestId('tooltip').getByText('Crease of')).toContainText(
    /layer 1, neuron [1-4]/,
  );
});

test('A circle moves and grows by keyboard, and Delete removes it', async ({ page }) => {
  await openApp(page, '#pick=0,0,0.2');
  const circle = page.locator('[data-circle]');
  await circle.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('+');
  await expect.poll(() => page.url()).toMatch(/pick=0\.0\d+,0,0\.21/);
  await page.keyboard.press('Delete');
  await expect(circle).toHaveCount(0);
});

test('Dragging a circle or its rim moves that circle and leaves the view alone', async ({
  page,
}) => {
  await openApp(page, '#pick=0,0,0.3');
  const centre = await place(page, 0.1, 0.1);
  await page.mouse.move(centre.x, centre.y);
  await page.mouse.down();
  await page.mouse.move(centre.x + 0.5 * centre.scale, centre.y, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/pick=0\.(5|49)\d*,/);
  const rim = await place(page, 0.5 - 0.3, 0);
  await page.mouse.move(rim.x, rim.y);
  await page.mouse.down();
  await page.mouse.move(rim.x - 0.3 * rim.scale, rim.y, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/pick=[^,]+,[^,]+,0\.(6|59)/);
  expect(page.url()).not.toContain('view=');
});

test('A learning rate changed while the network trains is replayed by the link', async ({
  page,
  context,
}) => {
  await openApp(page, '#data=spiral&net=2-8-8-1&speed=max');
  const field = page.getByLabel('Learning rate', { exact: true });
  await page.getByRole('button', { name: 'Play' }).click();
  for (const rate of ['0.05', '0.002']) {
    await page.waitForTimeout(250);
    await field.fill(rate);
    await field.press('Enter');
  }
  await page.waitForTimeout(250);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  // The last step, its picture and the address come one after the other.
  const readout = await settled(page, () => page.getByTestId('readout').textContent());
  const counts = await settled(page, () => page.getByTestId('counts').textContent());
  const step = readout?.match(/Step ([\d\s]+),/)?.[1].replace(/\s/g, '');
  await expect.poll(() => page.url()).toContain(`steps=${step}`);
  expect(page.url()).toContain('run=');
  const other = await context.newPage();
  await openApp(other, new URL(page.url()).hash);
  await expect(other.getByTestId('readout')).toHaveText(readout ?? '', { timeout: 30_000 });
  await expect(other.getByTestId('counts')).toHaveText(counts ?? '');
});

test('After training diverged a lower learning rate lets it go on', async ({ page }) => {
  await openApp(page, '#opt=sgd&lr=10&l2=1&net=2-64-64-64-64-1&data=spiral');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByTestId('readout')).toContainText('diverged', { timeout: 60_000 });
  const field = page.getByLabel('Learning rate', { exact: true });
  await field.fill('0.001');
  await field.press('Enter');
  await expect(page.getByTestId('readout')).not.toContainText('diverged');
  await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
});

test('A tool for drawing is put away when other data is chosen', async ({ page }) => {
  await openApp(page, '#data=drawn&points=0.1,0.1,0;0.5,0.5,1;-0.5,0.2,0');
  await page.getByRole('button', { name: 'Blue ●' }).click();
  await page.getByRole('combobox', { name: 'Data' }).selectOption('spiral');
  const at = await place(page, 0.3, 0.3);
  await page.mouse.click(at.x, at.y);
  await expect(page.locator('[data-circle]')).toHaveCount(1);
  await expect(page.getByRole('combobox', { name: 'Data' })).toHaveValue('spiral');
});

test('Several circles stand and are all kept up to date while the network trains', async ({
  page,
}) => {
  await openApp(page, '#net=2-16-16-1&pick=0.3,0.3,0.2;-0.4,0.2,0.3;0,-0.5,0.15');
  await expect(page.locator('[data-circle] [data-part="count"]')).toHaveCount(3);
  const counts = () => page.locator('[data-circle] [data-part="count"]').allTextContents();
  const before = await counts();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => (await counts()).join() !== before.join()).toBe(true);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('[data-circle] [data-part="count"]')).toHaveCount(3);
});

test('The theme changes the paper and stays in the link', async ({ page }) => {
  await openApp(page);
  await page.getByLabel('Theme').selectOption('dark');
  await expect
    .poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor))
    .toBe('rgb(22, 24, 27)');
  await expect.poll(() => page.url()).toContain('theme=dark');
});
