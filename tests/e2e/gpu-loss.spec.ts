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
