import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { serveIfThread } from '../../../cli/src/batch/simdThreads.ts';
import { BOUND_METHODS, type BoundMethod, boundMethods } from '../../../src/bounds/methods.ts';
import { openRivals } from '../rivals/open.ts';
import { table } from '../table.ts';
import { measureCeilings } from './ceilings.ts';
import { ownBackends } from './contenders.ts';
import { findGpu, patienceFor } from './device.ts';
import { forwardPasses, type Result } from './forwardPass.ts';
import { type LadderResult, ladders } from './ladder.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { recursions } from './recursion.ts';
import { comparison, utilisation } from './report.ts';
import { subjects } from './subjects.ts';
import { boundsWork, forwardWork, ladderWork } from './work.ts';

const LADDER = boundMethods.filter((method) => method !== 'algorithm1');

/** Compares our backends with libraries and plain loops. */
async function compareBackends({
  full,
  json,
  sections,
  ceilings: stated,
}: BenchOptions): Promise<void> {
  const patience = patienceFor(full);
  const [cpu] = cpus();
  console.log(`CPU: ${cpu.model.trim()}, ${cpus().length} cores; Node ${process.versions.node}`);
  const gpu = await findGpu();
  console.log(
    gpu
      ? `WebGPU: ${gpu.name}`
      : 'WebGPU: no adapter here; its rows are left out (on Linux it takes libvulkan.so.1 and a driver)',
  );
  const own = await ownBackends(gpu, new URL(import.meta.url));
  const chosen = subjects(full);

  let [forward, bounds, ladder]: [Result[], Result[], LadderResult[]] = [[], [], []];
  if (sections.includes('forward')) {
    const rivals = await openRivals(process.cwd(), gpu !== undefined, console.log);
    forward = await forwardPasses(chosen, own, rivals, patience);
    show(
      'Forward pass; points go in and outputs come back, in 32 bits',
      table(comparison(forward, 'tfjs wasm, 1 thread')),
    );
  }
  if (sections.includes('bounds')) {
    bounds = await recursions(chosen, own, patience);
    show('U/P/S recursion, C of every layer', table(comparison(bounds, 'plain loop, f64')));
  }
  if (sections.includes('ladder')) {
    ladder = await ladders(chosen, own, patience);
    for (const method of LADDER)
      show(
        `${BOUND_METHODS[method].name}, C of every layer`,
        table(comparison(byMethod(ladder, method), 'reference')),
      );
  }

  const ceilings = gpu && (stated ?? (await measureCeilings(gpu.gpu, gpu.software)));
  if (ceilings) {
    const kind = stated ? 'stated' : 'measured with a chain of multiply-adds and a copy';
    show(
      `Kernels on ${gpu.name}; ceilings ${kind}: ${(ceilings.flopsPerMs / 1e6).toPrecision(3)} Gflop/s, ${(ceilings.bytesPerMs / 1e6).toPrecision(3)} GB/s`,
      table([
        ...utilisation('forward', forward, ({ subject }) => forwardWork(subject.net), ceilings),
        ...utilisation('bounds', bounds, ({ subject }) => boundsWork(subject.net), ceilings),
        ...LADDER.flatMap((method) =>
          utilisation(
            method,
            byMethod(ladder, method),
            ({ subject, unstable }) => ladderWork(subject.net, method, unstable),
            ceilings,
          ),
        ),
      ]),
    );
  }
  if (json !== undefined) {
    const raw = (results: Result[]) =>
      results.map(({ subject, ...rest }) => ({
        network: subject.name,
        N: subject.points,
        ...rest,
      }));
    const device = { cpu: cpu.model.trim(), cores: cpus().length, webgpu: gpu?.name ?? null };
    const all = {
      device,
      ceilings,
      forward: raw(forward),
      bounds: raw(bounds),
      ladder: raw(ladder),
    };
    writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
  }
  for (const { compute } of own) compute.dispose();
}

const byMethod = (results: readonly LadderResult[], method: BoundMethod) =>
  results.filter((result) => result.method === method);

function show(title: string, text: string): void {
  console.log(`\n${title}\n\n${text}`);
}

// This file is the script of the SIMD threads as well.
if (isMainThread) {
  try {
    await compareBackends(readOptions(process.argv.slice(2)));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
  // The threads of a GPU device would keep the process alive.
  process.exit();
} else serveIfThread();
