import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { WEBGPU_FLAGS } from '../../scripts/lib/browser-flags.mjs';
import type { Compute, Points } from '../../src/compute/compute.ts';
import { networkToJson } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import type { PlainAnswer, PlainCall } from '../conformance/inPage.ts';

/** As in `setup.ts`: the software driver takes seconds to compile what sets a large tile to zero. */
const FLAGS = [...WEBGPU_FLAGS, '--enable-dawn-features=disable_workgroup_init'];

declare global {
  interface Window {
    conformance: { answer(call: PlainCall): Promise<PlainAnswer> };
  }
}

/** WebGPU in a page of Chromium, as a backend of this process: every call is made there. */
export async function openChromium(): Promise<Compute> {
  const script = await bundled();
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Conformance</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const executablePath = process.env.CHROMIUM_PATH;
  const browser = await chromium.launch({
    args: FLAGS,
    ...(executablePath ? { executablePath } : {}),
  });
  const page = await browser.newPage();
  // WebGPU asks for a secure context, which the machine's own address is.
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: script });
  return inPage(page, browser, server);
}

/** The backend with all that it needs as one script. */
async function bundled(): Promise<string> {
  const entry = fileURLToPath(new URL('../conformance/inPage.ts', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'conformance' } },
  });
  const [output] = Array.isArray(made) ? made : [made];
  if (!('output' in output)) throw new Error('the build watches instead of ending');
  return output.output[0].code;
}

function inPage(page: Page, browser: Browser, server: Server): Compute {
  let sent: Model | undefined;
  const call = async (
    what: PlainCall['what'],
    net: Model,
    points: Points,
    more: Partial<Pick<PlainCall, 'centre' | 'radii' | 'detail' | 'method'>> = {},
  ): Promise<PlainAnswer> => {
    const asked = {
      network: sent === net ? null : networkToJson(net),
      points: [...points],
      centre: [],
      radii: [],
      detail: false,
      method: 'algorithm1' as const,
      what,
      ...more,
    };
    sent = net;
    return page.evaluate((one) => window.conformance.answer(one), asked);
  };
  const values = async (what: PlainCall['what'], net: Model, points: Points) =>
    (await call(what, net, points)).values;
  return {
    backend: 'webgpu',
    description: 'WebGPU in Chromium',
    forward: async (net, points) => Float32Array.from(await values('forward', net, points)),
    activations: async (net, points) => Float32Array.from(await values('activations', net, points)),
    patterns: async (net, points) => Uint32Array.from(await values('patterns', net, points)),
    hashes: async (net, points) => Uint32Array.from(await values('hashes', net, points)),
    async compare(net, points, centre) {
      const { differs, firstLayer, count } = await call('compare', net, points, {
        centre: [...centre],
      });
      return {
        differs: Uint32Array.from(differs),
        firstLayer: Int32Array.from(firstLayer),
        count: Uint32Array.from(count),
      };
    },
    async distances(net, points) {
      const { distance, neuron } = await call('distances', net, points);
      return { distance: Float32Array.from(distance), neuron: Int32Array.from(neuron) };
    },
    async bounds(net, points, r, { detail = false, method = 'algorithm1' } = {}) {
      const n = points.length / net.inputs;
      const radii = typeof r === 'number' ? new Array<number>(n).fill(r) : [...r];
      const { C, A, U, rawU, P, S } = await call('bounds', net, points, { radii, detail, method });
      if (!detail) return { C: Uint32Array.from(C) };
      return {
        C: Uint32Array.from(C),
        detail: {
          A: Float64Array.from(A),
          U: Float64Array.from(U),
          rawU: Float64Array.from(rawU),
          P: Uint8Array.from(P),
          S: Uint8Array.from(S),
        },
      };
    },
    dispose() {
      server.close();
      void browser.close();
    },
  };
}
