import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { softwareVulkan } from '../../scripts/lib/chromium.mjs';

/** glibc's RTLD_NODELETE: the library stays although Node finds that it is no add-on and closes it again. */
const KEEP_LOADED = 0x1000;

/**
 * The software driver sets workgroup memory to zero by one instruction per word, which takes seconds to compile for a
 * large tile. Without that, the tests also show that no kernel relies on it.
 */
const FLAGS = ['enable-dawn-features=disable_workgroup_init'];

// Kept: adapters and devices do not keep the object alive they came from.
let gpu: GPU | undefined;

/**
 * Dawn's GPU object on the software Vulkan driver that comes with Chromium (elsewhere than on Linux: on the system's
 * own driver). Dawn reads its environment when it is loaded, so this must run before anything else imports it. Throws
 * when there is no adapter: a test that cannot reach one has failed.
 */
export async function dawn(): Promise<GPU> {
  Object.assign(process.env, softwareVulkan(process.env.CHROMIUM_PATH ?? '', process.env));
  const manifest = process.env.VK_ICD_FILENAMES;
  if (manifest) preloadVulkan(join(dirname(manifest), 'libvulkan.so.1'));
  const { create } = await import('webgpu');
  gpu ??= create(FLAGS);
  if (!(await gpu.requestAdapter()))
    throw new Error(
      manifest
        ? `The Vulkan driver of ${manifest} gives no WebGPU adapter.`
        : 'There is no WebGPU adapter: install Chromium, whose vk_swiftshader_icd.json names a software one, or set CHROMIUM_PATH to where it is.',
    );
  return gpu;
}

/**
 * Brings in the Vulkan loader that lies beside the driver, for machines without one of their own: the search path of
 * a running process is fixed, but a library that is already there is found by its name.
 */
function preloadVulkan(library: string): void {
  if (!existsSync(library)) return;
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | KEEP_LOADED);
  } catch (error) {
    // Expected: what was loaded is no Node add-on. Anything else will show as a missing adapter.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_DLOPEN_FAILED') throw error;
  }
}
