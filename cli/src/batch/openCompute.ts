import type { Compute } from '../../../src/compute/compute.ts';
import { createCompute, type SelectOptions } from '../../../src/compute/select.ts';
import { InputError } from '../../../src/errors.ts';
import { allCores } from './simdThreads.ts';

/** What `--compute` takes; the first is the default. */
export const COMPUTE_CHOICES = ['auto', 'webgpu', 'simd', 'reference'] as const;

export type ComputeChoice = (typeof COMPUTE_CHOICES)[number];

/** Kept as long as the process lives: adapters and devices do not keep the object alive that created them. */
let gpu: GPU | undefined;

/**
 * The backend that the user asks for. If named, it is that one, even with a software adapter, or an `InputError` that
 * says what is missing; `auto` takes the best one available.
 */
export async function openCompute(
  choice: ComputeChoice,
  onNotice: (message: string) => void,
  load: (choice: ComputeChoice) => Promise<GPU> = loadDawn,
): Promise<Compute> {
  const usesGpu = choice === 'webgpu' || choice === 'auto';
  const options: SelectOptions = {
    prefer: choice,
    gpu: usesGpu ? await load(choice).catch((error: unknown) => missing(choice, error)) : undefined,
    allowSoftware: choice === 'webgpu',
    // The built command is one file, which serves as the threads' script too; unbuilt there is none.
    ...(import.meta.url.endsWith('.js') ? { simd: allCores(new URL(import.meta.url)) } : {}),
    onNotice,
  };
  if (choice === 'webgpu' && !(await options.gpu?.requestAdapter()))
    throw new InputError('--compute webgpu: WebGPU finds no graphics adapter on this machine');
  const compute = await createCompute(options);
  if (choice !== 'auto' && compute.backend !== choice) {
    const { description } = compute;
    compute.dispose();
    throw new InputError(`--compute ${choice} is not available here (${description})`);
  }
  return compute;
}

/** Dawn, the WebGPU implementation of the optional package `webgpu`. */
async function loadDawn(choice: ComputeChoice): Promise<GPU> {
  if (gpu) return gpu;
  // Without Vulkan, Dawn finds nothing on Linux and prints a long message on standard error.
  if (choice === 'auto' && process.platform === 'linux' && !hasVulkan())
    throw new Error('there is no Vulkan driver');
  const { create } = await import('webgpu');
  gpu = create([]);
  return gpu;
}

/** Whether the Vulkan loader can be loaded: it is not a Node add-on, so the attempt fails either way. */
function hasVulkan(): boolean {
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
    return true;
  } catch (error) {
    return !/cannot open shared object|No such file/.test((error as Error).message);
  }
}

function missing(choice: ComputeChoice, error: unknown): undefined {
  if (choice !== 'webgpu') return undefined;
  const absent = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
  throw new InputError(
    absent
      ? '--compute webgpu needs the package "webgpu", which is not installed (npm install webgpu)'
      : `--compute webgpu: the package "webgpu" does not load (${(error as Error).message})`,
  );
}
