import { performance } from 'node:perf_hooks';

/** What a device can do at best: fused multiply-adds count twice, bytes once read and once written. */
export interface Ceilings {
  readonly flopsPerMs: number;
  readonly bytesPerMs: number;
}

const LANES = 256;
/** Eight chains of four numbers, four steps a turn: enough that none waits for itself. */
const CHAINS = 8;
const STEPS = 4;
const FLOPS_PER_TURN = 2 * 4 * CHAINS * STEPS;
const TURNS = 256;
/** A measurement shorter than this is mostly the way there and back. */
const LONG_ENOUGH_MS = 100;
const ROUNDS = 5;

const chains = (line: (i: number) => string) => Array.from({ length: CHAINS }, (_, i) => line(i));

const ARITHMETIC = `
@group(0) @binding(0) var<storage, read_write> result: array<f32>;
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = f32(id.x & 1023u) * 1e-3;
  let m = vec4f(0.5 + x * 1e-3);
  ${chains((i) => `var a${i} = vec4f(x + ${i}.0);`).join('\n  ')}
  for (var turn = 0u; turn < ${TURNS}u; turn++) {
    ${Array.from({ length: STEPS }, () => chains((i) => `a${i} = fma(a${i}, m, m);`).join(' ')).join('\n    ')}
  }
  let sum = ${chains((i) => `a${i}`).join(' + ')};
  result[id.x & 65535u] = sum.x + sum.y + sum.z + sum.w;
}`;

const COPY = `
@group(0) @binding(0) var<storage, read_write> copy: array<vec4f>;
@group(0) @binding(1) var<storage, read> original: array<vec4f>;
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let all = groups.x * ${LANES}u;
  for (var i = id.x; i < arrayLength(&copy); i += all) { copy[i] = original[i] + vec4f(1.0); }
}`;

/** Measures a chain of multiply-adds and a copy, on a device of their own. Throws where there is no adapter. */
export async function measureCeilings(gpu: GPU, software: boolean): Promise<Ceilings> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('the graphics adapter is gone');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
  });
  const bytes = Math.min(software ? 2 ** 24 : 2 ** 29, maxBufferSize, maxStorageBufferBindingSize);
  const buffer = (size: number) =>
    device.createBuffer({ size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const flopsPerMs = await bestRate(device, ARITHMETIC, [buffer(4 * 65536)], (groups) => ({
    groups,
    amount: groups * LANES * TURNS * FLOPS_PER_TURN,
  }));
  const bytesPerMs = await bestRate(device, COPY, [buffer(bytes), buffer(bytes)], (times) => ({
    groups: 4096,
    amount: 2 * bytes,
    times,
  }));
  device.destroy();
  return { flopsPerMs, bytesPerMs };
}

/** Work of size n: how many workgroups, how many times, and how much of what is counted one dispatch does. */
type Plan = (n: number) => { groups: number; amount: number; times?: number };

/** Grows the work until it takes long enough, then the best of some rounds. */
async function bestRate(
  device: GPUDevice,
  code: string,
  buffers: readonly GPUBuffer[],
  plan: Plan,
): Promise<number> {
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code }) },
  });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const run = async (n: number): Promise<{ ms: number; rate: number }> => {
    const { groups, amount, times = 1 } = plan(n);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    const across = Math.min(groups, 32768);
    for (let i = 0; i < times * Math.ceil(groups / across); i++) pass.dispatchWorkgroups(across);
    pass.end();
    const start = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    const ms = performance.now() - start;
    return { ms, rate: (amount * times) / ms };
  };
  let n = 1;
  while ((await run(n)).ms < LONG_ENOUGH_MS) n *= 2;
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) best = Math.max(best, (await run(n)).rate);
  return best;
}
