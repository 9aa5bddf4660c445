import { crashGpuProcess, expect, openApp, test } from './support/app.ts';
import { watchFields } from './support/fields.ts';

const backend = '[data-testid="backend"]';

test('When the GPU process crashes the page goes on and says so quietly', {
  tag: '@webgpu-only',
}, async ({ page }) => {
  await openApp(page, '#net=2-16-16-1&compute=webgpu&show=bound&pick=0.2,0.1,0.25');
  await expect(page.locator(backend)).toContainText('WebGPU');
  await expect(page.getByTestId('legend')).toBeVisible();
  await crashGpuProcess(page);
  await expect(page.getByTestId('notice').first()).toBeVisible({ timeout: 30_000 });
  const readout = page.getByTestId('readout');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(readout).not.toContainText('Step 0');
  await page.getByRole('button', { name: 'Pause' }).click();
  // New work, not what stood there before: a larger circle meets more.
  const C = () => page.getByTestId('bound-C').getAttribute('data-value').then(Number);
  const before = await C();
  await page.locator('[data-circle]').focus();
  for (let i = 0; i < 12; i++) await page.keyboard.press('+');
  await expect.poll(C).toBeGreaterThan(before);
  await expect(page.locator(backend)).toContainText(/WebGPU|WebAssembly SIMD/);
});

for (const { what, hash } of [
  { what: 'a few regions', hash: 'net=2-16-16-1' },
  { what: 'a bitmap of many regions', hash: 'net=2-64-64-1' },
  { what: 'a field', hash: 'net=2-16-16-1&show=output' },
])
  test(`A map of ${what} and its samples are drawn again after the GPU process took their pixels`, {
    tag: '@webgpu-only',
  }, async ({ page }) => {
    await openApp(page, `?compute=simd#${hash}`);
    await page.screenshot();
    await crashGpuProcess(page);
    // Reading pixels back counts as use: a canvas that was lost stays empty until somebody draws on it.
    const painted = () =>
      page.locator('[data-testid="map"] > canvas').evaluateAll((canvases) =>
        (canvases as HTMLCanvasElement[]).map((canvas) => {
          const data = canvas
            .getContext('2d')
            ?.getImageData(0, 0, canvas.width, canvas.height).data;
          let opaque = 0;
          for (let i = 3; data && i < data.length; i += 4) if (data[i] > 0) opaque++;
          return opaque / (canvas.width * canvas.height);
        }),
      );
    await expect.poll(async () => (await painted())[0]).toBeGreaterThan(0.99);
    await expect.poll(async () => (await painted())[1]).toBeGreaterThan(0.005);
  });

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test('A field that takes long is completed, with a notice, when the GPU process crashes in the middle of it', {
  tag: ['@webgpu-only', '@long'],
}, async ({ page }) => {
  const fields = await watchFields(page);
  const width = async () => Math.round((await page.getByTestId('map').boundingBox())?.width ?? 0);
  // Half of the map's resolution or all of it: on a software adapter that takes seconds.
  const fine = async () => {
    const across = await width();
    return (await fields()).find(({ columns }) => columns > across / 3);
  };
  await openApp(page, '?compute=webgpu#net=2-16-16-1&show=bound');
  await expect(page.locator(backend)).toContainText('WebGPU');
  await expect.poll(fine, { intervals: [20], timeout: 30_000 }).toBeDefined();
  await crashGpuProcess(page);
  // The answer was not there yet: the crash came in the middle.
  expect(await fine()).not.toHaveProperty('values');
  await expect(page.getByTestId('notice').first()).toContainText('The graphics device was lost', {
    timeout: 30_000,
  });
  await expect.poll(fine, { timeout: 60_000 }).toHaveProperty('values');
  const found = await fine();
  const values = found?.values ?? [];
  expect(values).toHaveLength((found?.columns ?? 0) * (found?.rows ?? 0));
  // The same picture on the CPU; arithmetic in 32 bits may differ by a neuron here and there.
  await openApp(page, '?compute=simd#net=2-16-16-1&show=bound');
  await expect(page.locator(backend)).toContainText('SIMD');
  await expect.poll(fine, { timeout: 30_000 }).toHaveProperty('values');
  const known = (await fine())?.values ?? [];
  expect(known).toHaveLength(values.length);
  expect(sum(known)).toBeGreaterThan(values.length);
  const different = values.filter((value, i) => value !== known[i]).length;
  expect(different / values.length).toBeLessThan(1e-3);
});

test('An embed says that the GPU was lost, and its line can be closed', {
  tag: '@webgpu-only',
}, async ({ page }) => {
  await page.setViewportSize({ width: 480, height: 270 });
  await openApp(page, '?embed=1&compute=webgpu#net=2-16-16-1&show=bound&pick=0.2,0.1,0.25');
  await crashGpuProcess(page);
  const notice = page.getByTestId('embed-notice');
  await expect(notice).toContainText('graphics device was lost', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(notice).toBeEmpty();
});
