import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { boundMethods } from '../../../src/bounds/methods.ts';
import { KERNELS, type KernelName, kernelNamed } from '../../../src/compute/packed/kernels.ts';
import { SIMD_MODULE } from '../../../src/compute/simd/module.ts';

const names = Object.keys(KERNELS) as KernelName[];
const shaders = readdirSync(new URL('../../../shaders/', import.meta.url));
/** What the module exports for the host, not as kernels. */
const HOST = ['memory', 'heapBase', 'prepareFirstLayer', 'demote', 'largest32', 'largest64'];

/** What a list of kernels lacks, or has too much of. */
function mismatches(
  rows: Readonly<Record<string, { readonly parts: readonly string[] }>>,
  files: readonly string[],
  exports: readonly string[],
): string[] {
  const kernels = Object.keys(rows);
  const parts = new Set(['common', ...Object.values(rows).flatMap((row) => row.parts)]);
  const known = new Set([...kernels, ...parts]);
  return [
    ...[...known]
      .filter((name) => !files.includes(`${name}.wgsl`))
      .map((name) => `no ${name}.wgsl`),
    ...files
      .filter((file) => !known.has(file.replace(/\.wgsl$/, '')))
      .map((file) => `no row uses ${file}`),
    ...kernels.filter((name) => !exports.includes(name)).map((name) => `no SIMD function ${name}`),
    ...exports
      .filter((name) => !HOST.includes(name) && !kernels.includes(name))
      .map((name) => `no row for the SIMD function ${name}`),
  ];
}

describe('the table of kernels', () => {
  let exports: string[];
  beforeAll(async () => {
    const bytes = Uint8Array.from(atob(SIMD_MODULE), (letter) => letter.charCodeAt(0));
    exports = WebAssembly.Module.exports(await WebAssembly.compile(bytes)).map(({ name }) => name);
  });

  it('has a shader and a SIMD function for every row, and a row for each of them', () => {
    expect(mismatches(KERNELS, shaders, exports)).toEqual([]);
  });

  it('would be caught with a kernel that is only in one of the three places', () => {
    const planted = { ...KERNELS, halves: { parts: ['pass', 'thirds'] } };
    expect(mismatches(planted, shaders, exports)).toEqual([
      'no halves.wgsl',
      'no thirds.wgsl',
      'no SIMD function halves',
    ]);
    expect(mismatches(KERNELS, [...shaders, 'halves.wgsl'], exports)).toEqual([
      'no row uses halves.wgsl',
    ]);
    expect(mismatches(KERNELS, shaders, [...exports, 'halves'])).toEqual([
      'no row for the SIMD function halves',
    ]);
  });

  it('has a kernel of balls under the name of every bound method', () => {
    const balls = names.filter((name) => kernelNamed(name).takes === 'balls');
    expect(balls.sort()).toEqual([...boundMethods].sort());
  });
});
