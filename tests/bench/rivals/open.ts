import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { openOrt } from './ort.ts';
import type { Rival } from './rival.ts';
import { openTfjs } from './tfjs.ts';

/** In Node, libraries made for browsers may wait forever. */
const PATIENCE_MS = 60_000;

/**
 * The libraries that run here, those on WebGPU too where `webgpu` says that there is an adapter. Libraries that do not
 * run are reported to `skip` in one line and left out. `root` is the repository's folder.
 */
export async function openRivals(
  root: string,
  webgpu: boolean,
  skip: (line: string) => void,
): Promise<Rival[]> {
  const folder = join(root, 'tests', 'bench', 'rivals');
  const cores = availableParallelism();
  const attempts: [name: string, open: () => Promise<Rival>][] = [
    ['tfjs (wasm)', () => openTfjs(folder, 'wasm')],
    ['onnxruntime-web (wasm)', () => openOrt(folder, 'wasm', 1)],
  ];
  if (cores > 1)
    attempts.push([
      `onnxruntime-web (wasm, ${cores} threads)`,
      () => openOrt(folder, 'wasm', cores),
    ]);
  if (webgpu)
    attempts.push(
      ['tfjs (webgpu)', () => openTfjs(folder, 'webgpu')],
      ['onnxruntime-web (webgpu)', () => openOrt(folder, 'webgpu', 1)],
    );
  const rivals: Rival[] = [];
  for (const [name, open] of attempts)
    try {
      rivals.push(await inTime(tried(open)));
    } catch (error) {
      skip(`${name} does not run here and is left out: ${firstLine(error)}`);
    }
  return rivals;
}

/** A library that starts may still fail at its first network. */
async function tried(open: () => Promise<Rival>): Promise<Rival> {
  const rival = await open();
  const widths = [2, 3, 1];
  const tiny = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });
  const loaded = await rival.load(tiny);
  await loaded.forward(new Float32Array(4), 2);
  await loaded.dispose();
  return rival;
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`));
    const timer = setTimeout(late, PATIENCE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0];
