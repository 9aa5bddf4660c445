import { describe, expect, it, vi } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { DeviceLostError } from '../../src/compute/compute.ts';
import { createCompute } from '../../src/compute/select.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { scatter } from './nets.ts';
import { dawn } from './setup.ts';

const net = createNetwork({
  widths: [2, 12, 12, 1],
  negativeSlope: 0,
  initialiser: 'he',
  seed: 2,
});
const points = scatter(300, 2);
const R = 0.1;

/** The total C of Algorithm 1 over the points, in 64 bits. */
const known = (): number => {
  let sum = 0;
  for (let i = 0; i < points.length / 2; i++)
    sum += algorithmOne(net, points.subarray(2 * i, 2 * i + 2), R).C;
  return sum;
};
const total = (C: Uint32Array): number => C.reduce((a, b) => a + b, 0);

/** In 32 bits a few neurons more are too close to call, never fewer. */
function expectNear(sum: number): void {
  expect(sum).toBeGreaterThanOrEqual(known());
  expect(sum).toBeLessThanOrEqual(known() + 3);
}

/** The GPU object with every device it hands out kept in reach; no adapters once `closed`. */
async function watched() {
  const gpu = await dawn();
  const devices: GPUDevice[] = [];
  const state = { closed: false };
  const requestAdapter = async (): Promise<GPUAdapter | null> => {
    const adapter = await gpu.requestAdapter();
    if (!adapter || state.closed) return null;
    return {
      info: adapter.info,
      limits: adapter.limits,
      features: adapter.features,
      requestDevice: async (descriptor?: GPUDeviceDescriptor) => {
        const device = await adapter.requestDevice(descriptor);
        devices.push(device);
        return device;
      },
    } as GPUAdapter;
  };
  return { gpu: { requestAdapter } as GPU, devices, state };
}

async function select(prefer: 'auto' | 'webgpu', limits = {}) {
  const watch = await watched();
  const notices: string[] = [];
  let changes = 0;
  const compute = await createCompute({
    prefer,
    gpu: watch.gpu,
    allowSoftware: prefer === 'webgpu',
    limits,
    onNotice: (message) => notices.push(message),
    onChange: () => changes++,
  });
  return { ...watch, compute, notices, changes: () => changes };
}

describe('falling back', () => {
  it('takes a lost device up again once, and makes the call that failed again', async () => {
    const { compute, devices, notices, changes } = await select('webgpu', {
      maxPointsPerChunk: 20,
    });
    expect([compute.backend, notices]).toEqual(['webgpu', []]);
    let lost = false;
    const { C } = await compute.bounds(net, points, R, {
      onProgress: () => {
        if (!lost) devices[0].destroy();
        lost = true;
      },
    });
    expectNear(total(C));
    expect([compute.backend, devices.length, changes()]).toEqual(['webgpu', 2, 1]);
    expect(notices).toEqual(['The graphics device was lost and restarted; no result is lost.']);
    compute.dispose();
  });

  for (const at of ['buffers are made', 'work is handed in'])
    it(`takes a device up again that fails its error scopes before it says that it is lost, as ${at}`, async () => {
      const { compute, devices, notices } = await select('webgpu');
      if (at === 'work is handed in') await compute.forward(net, points);
      const [device] = devices;
      // As browsers do when their GPU process ends.
      Object.defineProperty(device, 'popErrorScope', {
        value: () => {
          setTimeout(() => device.destroy(), 20);
          return Promise.reject(new Error('Instance dropped in popErrorScope'));
        },
      });
      expect((await compute.forward(net, points)).length).toBe(300);
      expect([compute.backend, devices.length]).toEqual(['webgpu', 2]);
      expect(notices).toEqual(['The graphics device was lost and restarted; no result is lost.']);
      compute.dispose();
    });

  it('goes on with the CPU when the device is lost again in the same call', async () => {
    const { compute, devices, notices, changes } = await select('webgpu', {
      maxPointsPerChunk: 20,
    });
    const { C } = await compute.bounds(net, points, R, {
      onProgress: () => devices[devices.length - 1].destroy(),
    });
    expectNear(total(C));
    expect([compute.backend, compute.description, devices.length]).toEqual([
      'simd',
      'WebAssembly SIMD',
      2,
    ]);
    expect([notices.length, changes()]).toEqual([2, 2]);
    expect(notices[1]).toBe('The graphics device was lost; the CPU continues the work.');
    expect((await compute.forward(net, points)).length).toBe(300);
    expect(notices.length).toBe(2);
    compute.dispose();
  });

  it('goes on with the CPU when no adapter is left, for every call under way', async () => {
    const { compute, devices, state, notices } = await select('webgpu', { maxPointsPerChunk: 20 });
    const calls = [
      compute.bounds(net, points, R).then(({ C }) => total(C)),
      compute.forward(net, points).then((outputs) => outputs.length),
      compute.patterns(net, points).then((patterns) => patterns.length),
    ];
    state.closed = true;
    devices[0].destroy();
    const [C, ...sizes] = await Promise.all(calls);
    expectNear(C);
    expect(sizes).toEqual([300, 300]);
    expect(compute.backend).toBe('simd');
    expect(notices).toHaveLength(1);
  });

  it('destroys a device that comes after the end', async () => {
    const { compute, gpu, devices, notices } = await select('webgpu');
    await compute.forward(net, points);
    const ask = gpu.requestAdapter;
    gpu.requestAdapter = () => {
      compute.dispose();
      return ask();
    };
    devices[0].destroy();
    await expect(compute.forward(net, points)).rejects.toThrow(DeviceLostError);
    expect(devices.length).toBe(2);
    expect((await devices[1].lost).reason).toBe('destroyed');
    expect(notices).toEqual([]);
  }, 10_000);

  it('does not go on with the CPU when it is disposed while that is being prepared', async () => {
    const { compute, devices, state, notices } = await select('webgpu');
    await compute.forward(net, points);
    const compile = WebAssembly.compile;
    const spy = vi.spyOn(WebAssembly, 'compile').mockImplementation((bytes) => {
      compute.dispose();
      return compile(bytes);
    });
    state.closed = true;
    devices[0].destroy();
    await expect(compute.forward(net, points)).rejects.toThrow(DeviceLostError);
    expect(spy).toHaveBeenCalledOnce();
    spy.mockRestore();
    expect([compute.backend, notices]).toEqual(['webgpu', []]);
  });

  it('notices a device that was lost between two calls', async () => {
    const { compute, devices } = await select('webgpu');
    await compute.forward(net, points);
    devices[0].destroy();
    expect((await compute.forward(net, points)).length).toBe(300);
    expect(devices.length).toBe(2);
    compute.dispose();
  });

  it('goes on with the CPU when the GPU refuses the work', async () => {
    const { compute, devices, notices } = await select('webgpu');
    await compute.forward(net, points);
    // A driver that rejects every submit.
    Object.defineProperty(devices[0], 'popErrorScope', {
      value: async () => ({ message: 'no' }),
    });
    expectNear(total((await compute.bounds(net, points, R)).C));
    expect(compute.backend).toBe('simd');
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/ The CPU continues the work\.$/);
  });

  it('tells who asked for WebGPU that there is none', async () => {
    const notices: string[] = [];
    const onNotice = (message: string) => notices.push(message);
    const compute = await createCompute({ prefer: 'webgpu', gpu: undefined, onNotice });
    expect([compute.backend, compute.description]).toEqual([
      'simd',
      'WebAssembly SIMD: WebGPU is not available here',
    ]);
    expect(notices).toEqual(['WebGPU is not available here. The CPU does the work.']);
    expect((await compute.forward(net, points)).length).toBe(300);
  });

  it('passes a software adapter over in silence when the choice is left to it', async () => {
    const { compute, notices } = await select('auto');
    expect(compute.backend).toBe('simd');
    expect(compute.description).toMatch(/only a software adapter/);
    expect(notices).toEqual([]);
  });

  it('does not touch the GPU when the CPU is asked for', async () => {
    const { gpu, devices } = await watched();
    const compute = await createCompute({ prefer: 'reference', gpu, onNotice: () => {} });
    expect([compute.backend, compute.description, devices.length]).toEqual([
      'reference',
      'CPU, 64-bit',
      0,
    ]);
  });
});

describe('a WebGPU backend alone', () => {
  it('refuses a missing and a software adapter in one sentence', async () => {
    const { gpu, state } = await watched();
    await expect(createWebGpuCompute(undefined)).rejects.toThrow('WebGPU is not available here.');
    await expect(createWebGpuCompute(gpu)).rejects.toThrow(/only a software adapter/);
    state.closed = true;
    await expect(createWebGpuCompute(gpu)).rejects.toThrow(/no graphics adapter/);
  });

  it('rejects with DeviceLostError once its device is gone', async () => {
    const { gpu, devices } = await watched();
    const compute = await createWebGpuCompute(gpu, { allowSoftware: true });
    expect(compute.description).toMatch(/swiftshader/i);
    devices[0].destroy();
    for (let again = 0; again < 2; again++)
      await expect(compute.forward(net, points)).rejects.toThrow(DeviceLostError);
  });

  it('does smaller work after the GPU had no memory for larger', async () => {
    const { gpu, devices } = await watched();
    const compute = await createWebGpuCompute(gpu, { allowSoftware: true });
    const few = points.subarray(0, 20);
    const before = await compute.forward(net, few);
    const refusal = vi
      .spyOn(devices[0], 'popErrorScope')
      .mockResolvedValue({ message: 'no memory' } as GPUError);
    await expect(compute.forward(net, points)).rejects.toThrow('The GPU is out of memory.');
    refusal.mockRestore();
    expect(await compute.forward(net, few)).toEqual(before);
    compute.dispose();
  });
});
