import { crashGpuProcess, expect, openApp, test } from './support/app.ts';

const backend = '[data-testid="backend"]';

test('When the GPU process crashes the page goes on and says so quietly', async ({ page }) => {
  await openApp(page, '#net=2-16-16-1&compute=webgpu&show=bound&pick=0.2,0.1,0.25');
  await expect(page.locator(backend)).toContainText('WebGPU');
  await expect(page.locator('.legend')).toBeVisible();
  await crashGpuProcess(page);
  await expect(page.locator('.notice').first()).toBeVisible({ timeout: 30_000 });
  const readout = page.getByTestId('readout');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(readout).not.toContainText('Step 0');
  await page.getByRole('button', { name: 'Pause' }).click();
  // New work, not what stood there before: a larger circle meets more.
  const C = () => page.getByTestId('bound-C').getAttribute('data-value').then(Number);
  const before = await C();
  await page.locator('g.circle').focus();
  for (let i = 0; i < 12; i++) await page.keyboard.press('+');
  await expect.poll(C).toBeGreaterThan(before);
  await expect(page.locator(backend)).toContainText(/WebGPU|WebAssembly SIMD/);
});

for (const { what, hash } of [
  { what: 'a few regions', hash: 'net=2-16-16-1' },
  { what: 'a bitmap of many regions', hash: 'net=2-64-64-1' },
  { what: 'a field', hash: 'net=2-16-16-1&show=output' },
])
  test(`A map of ${what} and its samples are drawn again after the GPU process took their pixels`, async ({
    page,
  }) => {
    await openApp(page, `?compute=simd#${hash}`);
    await page.screenshot();
    await crashGpuProcess(page);
    // Reading pixels back counts as use: a canvas that was lost stays empty until somebody draws on it.
    const painted = () =>
      page.locator('.map > canvas').evaluateAll((canvases) =>
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
