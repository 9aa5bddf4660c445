import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create } from 'webgpu';
import { WgslReflect } from 'wgsl_reflect';
import { KERNELS, type KernelName, kernelNamed } from '../../../src/compute/packed/kernels.ts';
import { JOB, LAYER, wordsOf } from '../../../src/compute/packed/structs.ts';
import { shaderOf } from '../../../src/compute/webgpu/kernels.ts';

const folder = new URL('../../../shaders/', import.meta.url);
const names = Object.keys(KERNELS) as KernelName[];
const shaders = names.map((name) => ({ name, code: shaderOf(name) }));

/** Lines that declare a function-scope `var` without a value. */
function bareVariables(code: string): string[] {
  const withoutComments = code.replace(/\/\/.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
  // `var<…>` names an address space and stands outside functions; plain `var` only inside.
  const declarations = withoutComments.match(/\bvar\s+\w[^;{]*[;{]/g) ?? [];
  return declarations.filter((declaration) => !/[^=!<>]=[^=]/.test(declaration));
}

describe('the shaders', () => {
  // Dawn's null backend compiles WGSL with no graphics driver at all. Kept: the device does not keep it alive.
  const gpu = create(['backend=null']);
  let device: GPUDevice;
  beforeAll(async () => {
    device = await (await gpu.requestAdapter())!.requestDevice();
  });
  afterAll(() => device.destroy());

  it('are one kernel per file, and what they share', () => {
    const parts = new Set(names.flatMap((name) => kernelNamed(name).parts));
    const files = ['common', ...parts, ...names].map((name) => `${name}.wgsl`);
    expect(readdirSync(folder).sort()).toEqual(files.sort());
    for (const { code } of shaders) expect(code.match(/@compute/g)).toHaveLength(1);
  });

  it.each(shaders)('$name compiles', async ({ code }) => {
    const module = device.createShaderModule({ code });
    const { messages } = await module.getCompilationInfo();
    expect(messages.map(({ type, lineNum, message }) => `${type} ${lineNum}: ${message}`)).toEqual(
      [],
    );
  });

  it.each(shaders)('$name makes a pipeline', async ({ code }) => {
    const module = device.createShaderModule({ code });
    await device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module, entryPoint: 'main', constants: { WIDTH: 16, TILE: 192, SHARED: 192 } },
    });
  });

  // Some versions of Dawn do not set a variable to zero again on the next turn of a loop.
  it.each(shaders)('$name gives every function-scope var a value', ({ code }) => {
    expect(bareVariables(code)).toEqual([]);
  });

  it.each(shaders)('$name has the structs that are packed, word for word', ({ code }) => {
    const { structs } = new WgslReflect(code);
    for (const [name, packed] of Object.entries({ Job: JOB, Layer: LAYER })) {
      const found = structs.find((struct) => struct.name === name);
      expect(found?.size).toBe(4 * wordsOf(packed));
      expect(found?.members.map(({ name, type, offset }) => [name, type.name, offset])).toEqual(
        Object.entries(packed).map(([member, type], i) => [
          member,
          type === 'f32' ? 'f32' : 'u32',
          4 * i,
        ]),
      );
    }
  });

  it.each(shaders)('$name binds what the runner gives it, at the same places', ({ code }) => {
    const { uniforms, storage } = new WgslReflect(code);
    const bound = [...uniforms, ...storage].sort((a, b) => a.binding - b.binding);
    expect(bound.map(({ group, binding, name }) => `${group} ${binding} ${name}`)).toEqual(
      ['job', 'layers', 'parameters', 'points', 'extra', 'results', 'scratch'].map(
        (name, i) => `0 ${i} ${name}`,
      ),
    );
    expect(bound.map(({ access }) => access)).toEqual([
      'read',
      'read',
      'read',
      'read',
      'read',
      'read_write',
      'read_write',
    ]);
  });

  it('would be caught with a bare var or a mistake', async () => {
    expect(bareVariables('fn f() { var a: f32; var b: u32 = 1u; }')).toEqual(['var a: f32;']);
    expect(bareVariables('fn f() { var a: array<f32, 4>; }')).toHaveLength(1);
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ code: 'fn f() { return 1; }' });
    expect(await device.popErrorScope()).not.toBeNull();
    expect((await module.getCompilationInfo()).messages.length).toBeGreaterThan(0);
  });
});
