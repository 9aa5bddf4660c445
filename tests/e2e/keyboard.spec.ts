import { expect, openApp, test } from './support/app.ts';

test('Every slider moves with every arrow and page key, and the link it makes is accepted', async ({
  page,
}) => {
  await openApp(page, '#net=2-8-8-1&pick=0,0,0.25&view=0,0,1.2');
  await expect(page.getByTestId('bound-C')).toBeVisible();
  const sliders = page.locator('input[type="range"]:not(.visually-hidden)');
  // Samples, noise, train share, two layers, the learning rate, and the radius of the circle.
  await expect(sliders).toHaveCount(7);
  for (const slider of await sliders.all()) {
    const said = () => slider.getAttribute('aria-valuetext');
    const name = (await slider.getAttribute('aria-label')) ?? 'the radius';
    for (const key of [
      'ArrowRight',
      'ArrowDown',
      'PageUp',
      'PageDown',
      'End',
      'ArrowLeft',
      'Home',
    ]) {
      const before = await said();
      await slider.press(key);
      await expect.poll(said, `${key} on ${name}`).not.toBe(before);
    }
    await slider.press('End');
  }
  await expect(page.getByText('2–256–256–1')).toBeVisible();
  await expect.poll(() => page.url()).toContain('net=2-256-256-1');
  await expect.poll(() => page.url()).toContain('lr=10');
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByText('2–256–256–1')).toBeVisible();
  await expect(page.locator('.notice')).toHaveCount(0);
});
