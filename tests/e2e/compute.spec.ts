import { expect, openApp, test, unfold } from './support/app.ts';
import { columnsAsked, watchFields } from './support/fields.ts';

// The controls are set here as by a reader who has them open.
test.beforeEach(({ page }) => unfold(page));

const backend = '[data-testid="backend"]';

test(
  'The backend in use can be read and switched, and the circle reads the same',
  { tag: '@webgpu' },
  async ({ page }, info) => {
    await openApp(page, '#net=2-16-16-1&steps=50&pick=0.2,0.1,0.25');
    // Automatic passes a software adapter over, so that both kinds of browser begin on the CPU.
    await expect(page.locator(backend)).toContainText('WebAssembly SIMD');
    const onCpu = await page.getByTestId('bound-C').getAttribute('data-value');
    const C = page.getByTestId('bound-C');
    await page.getByLabel('Backend').selectOption('webgpu');
    if (info.project.name === 'webgpu') {
      await expect(page.locator(backend)).toContainText('WebGPU');
      await expect(C).toHaveAttribute('data-value', onCpu ?? '');
    } else {
      await expect(page.getByTestId('notice')).toContainText(/WebGPU/);
      await expect(page.locator(backend)).toContainText('WebAssembly SIMD');
    }
    await page.getByLabel('Backend').selectOption('simd');
    await expect(page.locator(backend)).toContainText('WebAssembly SIMD');
    await expect(C).toHaveAttribute('data-value', onCpu ?? '');
    await page.getByLabel('Backend').selectOption('reference');
    await expect(page.locator(backend)).toContainText('CPU, 64-bit');
    await expect(C).toHaveAttribute('data-value', onCpu ?? '');
  },
);

test('With more cores, workers share the bound field', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: 4 });
  const started = page.waitForRequest(/simd\.worker/);
  await openApp(page, '#net=2-64-64-64-1&show=bound&compute=simd');
  await expect(page.locator(backend)).toContainText('WebAssembly SIMD, 3 threads');
  await started;
  await expect(page.getByTestId('legend')).toContainText('Algorithm 1');
  await expect(page.getByTestId('notice')).toHaveCount(0);
});

test('The output field and the bound field stand behind the map', async ({ page }) => {
  await openApp(page, '#net=2-8-8-1&show=output');
  await expect(page.getByTestId('legend')).toContainText('Output');
  await page.getByLabel('Colour by').selectOption('bound');
  await expect(page.getByTestId('legend')).toContainText('Algorithm 1');
});

test('The bound field is drawn by the method that a person chooses, and the link keeps it', async ({
  page,
}) => {
  await openApp(page, '#net=2-8-8-1&show=output');
  await expect(page.getByLabel('Bound by')).toHaveCount(0);
  await page.getByLabel('Colour by').selectOption('bound');
  await expect(page.getByLabel('Bound by')).toHaveValue('algorithm1');
  await expect(page.getByTestId('legend')).toContainText('C by Algorithm 1:');
  const top = async () =>
    Number(await page.getByTestId('legend').locator('span').last().innerText());
  const before = await top();
  await page.getByLabel('Bound by').selectOption('crown');
  await expect(page.getByTestId('legend')).toContainText('C by CROWN:');
  // A colour keeps its number, so that a tighter bound can be seen to be one.
  expect(await top()).toBeGreaterThanOrEqual(before);
  await expect(page).toHaveURL(/show=bound&method=crown/);
  await expect(page.getByTestId('compute-error')).toHaveCount(0);
});

test('A link names the method of the bound field, and a wrong one gives one sentence', async ({
  page,
}) => {
  await openApp(page, '#net=2-8-8-1&show=bound&method=zonotope');
  await expect(page.getByTestId('legend')).toContainText('C by Zonotope:');
  await expect(page.getByLabel('Bound by')).toHaveValue('zonotope');
  await openApp(page, '?again#net=2-8-8-1&show=bound&method=abacus');
  await expect(page.getByTestId('notice').locator('p')).toHaveText(
    'Bound by: “abacus” is not one of algorithm1, algorithm1plus, ibp, zonotope, crown; algorithm1 is used.',
  );
  await expect(page.getByTestId('legend')).toContainText('C by Algorithm 1:');
});

test('A slow bound field is interrupted at once for a circle and for another method', async ({
  page,
}) => {
  // CROWN on this network takes tens of seconds for the whole map.
  await openApp(page, '#net=2-64-64-64-1&show=bound&method=crown&pick=0.2,0.1,0.25');
  await expect(page.getByTestId('legend')).toContainText('C by CROWN:');
  await page.getByRole('textbox', { name: 'r', exact: true }).fill('0.000001');
  await page.getByRole('textbox', { name: 'r', exact: true }).press('Enter');
  await expect(page.getByTestId('bound-C')).toHaveAttribute('data-value', '0');
  await expect(page.getByTestId('legend')).toContainText('1 × 10⁻⁶');
  await page.getByLabel('Bound by').selectOption('algorithm1');
  await expect(page.getByTestId('legend')).toContainText('C by Algorithm 1:');
});

test('While a small network trains its bound field is fine: waiting was once taken for work, and it fell to a few blocks', async ({
  page,
}) => {
  await watchFields(page);
  await openApp(page, '#net=2-16-16-1&show=bound&method=crown');
  await expect(page.getByTestId('legend')).toContainText('CROWN');
  await page.getByRole('button', { name: 'Play' }).click();
  const before = (await columnsAsked(page)).length;
  await expect
    .poll(async () => (await columnsAsked(page)).length, { timeout: 40_000 })
    .toBeGreaterThan(before + 10);
  const columns = (await columnsAsked(page)).slice(before);
  const median = columns.sort((a, b) => a - b)[columns.length >> 1];
  expect(median).toBeGreaterThan(20);
});

test('A link paints its field by one scale, however many pictures there were on the way to its step', async ({
  page,
}) => {
  const link = 'data=spiral&net=2-16-16-1&steps=1500&show=bound&method=crown&pick=0.2,0.1,0.25';
  await openApp(page, `#${link}`);
  const legend = page.getByTestId('legend');
  const r = page.getByRole('textbox', { name: 'r', exact: true });
  const top = async () =>
    Number(await page.getByTestId('legend').locator('span').last().innerText());
  const radius = async (value: string) => {
    await r.fill(value);
    await r.press('Enter');
    await expect(legend).toContainText(`within ${value} `);
  };
  // The first pictures have other pixels, which may meet one neuron more or less.
  await expect(page.getByTestId('readout')).toContainText('1\u202f500');
  await expect
    .poll(() => page.evaluate(() => document.querySelector('[data-testid="legend"]')?.textContent))
    .toMatch(/of each pixel$/);
  // The first pictures are coarse, and may miss the ball that meets most: finer ones follow within a second.
  const settled = async () => {
    let [before, now] = [Number.NaN, await top()];
    while (now !== before) {
      await page.waitForTimeout(1000);
      [before, now] = [now, await top()];
    }
    return now;
  };
  const opened = await settled();
  await radius('0.3');
  await radius('0.25');
  expect(Math.abs((await settled()) - opened)).toBeLessThanOrEqual(1);
});

test('The distance field is one of them, and the panel says how fast it came', async ({ page }) => {
  await openApp(page, '#net=2-8-8-1&show=distance');
  await expect(page.getByTestId('legend')).toContainText('Distance to the nearest crease');
  await expect(page.getByTestId('rate')).toContainText(/^[\d\u202f]+ distances per second$/);
  await expect(page.getByTestId('compute-error')).toHaveCount(0);
});

test('The query of the address chooses the backend, and a wrong one is named', async ({ page }) => {
  await openApp(page, '?compute=reference#net=2-8-8-1');
  await expect(page.getByLabel('Backend')).toHaveValue('reference');
  await openApp(page, '?compute=abacus#net=2-8-8-1');
  await expect(page.getByLabel('Backend')).toHaveValue('auto');
  await expect(page.getByTestId('notice')).toContainText('“abacus”');
});

test('A backend chosen on the page is the one that its address opens, whatever the query asked for', async ({
  page,
}) => {
  await openApp(page, '?compute=reference&talk=1#net=2-8-8-1');
  await expect(page.locator(backend)).toContainText('CPU, 64-bit');
  await page.getByLabel('Backend').selectOption('simd');
  await expect(page).toHaveURL(/\?talk=1#.*compute=simd$/);
  await page.reload();
  await expect(page.getByLabel('Backend')).toHaveValue('simd');
  await page.getByLabel('Backend').selectOption('auto');
  await expect(page).toHaveURL(/\?talk=1#steps=0$/);
});

test('Samples show at least so many regions, never more than there are', async ({ page }) => {
  await openApp(page, '#net=2-16-16-1&steps=50&pick=0.2,0.1,0.25');
  await expect(page.getByTestId('at-least')).toHaveCount(0);
  await page.getByText('Tighter bounds').click();
  const numberOf = async (name: string) =>
    Number(await page.getByTestId(name).getAttribute('data-value'));
  const row = page.getByRole('row', { name: /^By sampling/ });
  await expect(page.getByTestId('at-least')).toContainText('at least');
  const first = await numberOf('at-least');
  expect(first).toBeGreaterThan(1);
  await expect(row).toContainText('100\u202f000');
  const last = await numberOf('at-least');
  expect(last).toBeGreaterThanOrEqual(first);
  expect(last).toBeLessThanOrEqual(await numberOf('exact-count'));
  expect(await numberOf('exact-count')).toBeLessThanOrEqual(2 ** (await numberOf('bound-C')));
  // They follow the circle.
  await page.getByRole('textbox', { name: 'r', exact: true }).fill('0.000001');
  await page.getByRole('textbox', { name: 'r', exact: true }).press('Enter');
  await expect(page.getByTestId('at-least')).toHaveText('at least 1');
});

test('While a count takes long, the bound is shown beside a lower bound by samples', async ({
  page,
}) => {
  await openApp(page, '#net=2-256-256-256-256-1&pick=0,0,3&view=0,0,0.001');
  // Looked for in every frame: how long the count takes is the machine's affair.
  const seen = await page.evaluate(async () => {
    for (const until = performance.now() + 15_000; performance.now() < until; ) {
      const text = document.querySelector('[data-testid="headline"]')?.textContent ?? '';
      const C = document.querySelector('[data-testid="bound-C"]')?.getAttribute('data-value') ?? '';
      const counting = document.body.innerText.includes('The regions are being counted');
      if (counting && text.startsWith('At least ')) return { text, C };
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return null;
  });
  expect(seen?.text).toMatch(/^At least .+ activation regions meet this circle; Algorithm/);
  expect(seen?.C).toMatch(/^\d+$/);
});

test('The count of a circle stays while another one is being counted', async ({ page }) => {
  await openApp(page, '#net=2-256-256-256-1&pick=0.2,0.1,1&view=0,0,0.01');
  const exact = page.getByTestId('exact-count');
  await expect(exact).toHaveText(/activation regions$/, { timeout: 40_000 });
  const known = await exact.textContent();
  await page.getByRole('application').press('c');
  const first = page.getByRole('button', { name: /^Circle 1:/ });
  const second = page.getByRole('button', { name: /^Circle 2:/ });
  // Bounded, and being counted.
  await expect(second).toHaveAccessibleName(/C \d+, not counted yet$/);
  expect(await first.getAttribute('aria-label')).toContain(`, ${known}`);
  // The mean of all waits for all.
  await expect(page.getByText(/^All 2: mean C [\d.]+$/)).toBeVisible();
});

test('A field shows its value under the pointer although the regions take minutes', async ({
  page,
}) => {
  const net = [2, ...Array(8).fill(256), 1].join('-');
  await page.goto(`./#net=${net}&show=output`);
  await expect(page.getByTestId('legend')).toContainText('Output');
  await page.getByTestId('map').hover({ position: { x: 200, y: 300 } });
  await expect(page.getByTestId('tooltip')).toHaveText(/^Output −?\d/);
  await expect(page.getByText(/^Drawing, .* regions so far/)).toBeVisible();
});

test('Samples do not wait for a slow field: in slices between its calls they took half a minute', async ({
  page,
}) => {
  const net = [2, ...Array(8).fill(256), 1].join('-');
  const field = 'show=bound&method=crown&view=0,0,0.0005';
  await openApp(page, `#net=${net}&${field}&pick=0,0,0.05`);
  await expect(page.getByTestId('headline')).toHaveText(/^At least .+ activation regions meet/);
  await expect(page.getByTestId('legend')).toContainText('CROWN');
  // Thousands are written as everywhere.
  await expect(page.getByTestId('bound-C')).toHaveText(/^1\u202f\d{3}$/);
});

test('No bound falls below the neurons that do switch while the network trains: they were once of different steps', async ({
  page,
}) => {
  await openApp(page, '#data=spiral&net=2-64-64-64-1&pick=0.2,0.1,0.25');
  await page.getByText('Tighter bounds').click();
  await expect(page.getByRole('row', { name: /^CROWN \d+/ })).toBeVisible();
  await page.getByRole('button', { name: 'Play' }).click();
  const seen = await page.evaluate(async () => {
    const numberIn = (row: string) => {
      const rows = [...document.querySelectorAll('details tbody tr')] as HTMLTableRowElement[];
      return Number(rows.find((r) => r.cells[0].innerText.startsWith(row))?.cells[1].innerText);
    };
    const pairs = new Set<string>();
    for (const end = performance.now() + 4000; performance.now() < end; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      pairs.add(`${numberIn('CROWN')} ${numberIn('Neurons that do switch')}`);
    }
    return [...pairs].map((pair) => pair.split(' ').map(Number));
  });
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.filter(([bound, truth]) => truth > bound)).toEqual([]);
});

test('Tighter bounds stand beside Algorithm 1, down to the neurons that do switch', async ({
  page,
}) => {
  await openApp(page, '#net=2-16-16-1&steps=50&pick=0.2,0.1,0.25');
  await page.getByText('Tighter bounds').click();
  const countOf = async (name: string) =>
    Number(
      await page
        .getByRole('row', { name: new RegExp(`^${name} \\d`) })
        .locator('td')
        .first()
        .innerText(),
    );
  await expect(page.getByRole('row', { name: /^CROWN \d/ })).toBeVisible();
  const printed = Number(await page.getByTestId('bound-C').getAttribute('data-value'));
  expect(await countOf('Algorithm 1')).toBe(printed);
  const truth = await countOf('Neurons that do switch');
  for (const name of ['Algorithm 1', 'Algorithm 1\\+', 'Interval propagation', 'Zonotope', 'CROWN'])
    expect(await countOf(name)).toBeGreaterThanOrEqual(truth);
  expect(await countOf('CROWN')).toBeLessThanOrEqual(await countOf('Interval propagation'));
  // They follow the circle.
  await page.getByRole('textbox', { name: 'r', exact: true }).fill('0.000001');
  await page.getByRole('textbox', { name: 'r', exact: true }).press('Enter');
  await expect.poll(() => countOf('CROWN')).toBe(0);
});

test('A circle that touches a crease to the last digit has no bound below its count, by any number of the inspector', async ({
  page,
}) => {
  const far = 'view=237753.3367,-731906.0492,0.2';
  await openApp(page, `#net=2-3-1&pick=237753.336699,-731906.049187,0.0740000444&${far}`);
  await expect(page.getByTestId('exact-count')).toHaveAttribute('data-value', '2');
  const C = Number(await page.getByTestId('bound-C').getAttribute('data-value'));
  expect(C).toBeGreaterThanOrEqual(1);
  await page.getByText('Tighter bounds').click();
  await expect(page.getByRole('row', { name: /^CROWN \d/ })).toBeVisible();
  for (const name of [
    'Algorithm 1',
    'Algorithm 1\\+',
    'Interval propagation',
    'Zonotope',
    'CROWN',
  ]) {
    const row = page.getByRole('row', { name: new RegExp(`^${name} \\d`) });
    expect(Number(await row.locator('td').first().innerText())).toBeGreaterThanOrEqual(1);
    expect(Number(await row.locator('td').last().innerText())).toBeGreaterThanOrEqual(2);
  }
  await expect(page.getByTestId('headline')).toContainText('2 activation regions meet');
  const widths = await page
    .getByRole('region', { name: 'Looseness of the bound' })
    .locator('rect')
    .evaluateAll((rects) => rects.map((rect) => Number(rect.getAttribute('width'))));
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(0);
});
