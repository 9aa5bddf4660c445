import boundsShader from '../../../shaders/bounds.wgsl?raw';
import commonShader from '../../../shaders/common.wgsl?raw';
import forwardShader from '../../../shaders/forward.wgsl?raw';
import patternsShader from '../../../shaders/patterns.wgsl?raw';
import type { BatchLayout, KernelName } from '../layout.ts';
import { STAGE_COMPUTE } from './flags.ts';

/** What is compiled for each kernel. */
export const SHADERS: Record<KernelName, string> = {
  forward: commonShader + forwardShader,
  patterns: commonShader + patternsShader,
  bounds: commonShader + boundsShader,
};

const SMALL_GROUP = 64;
const LARGE_GROUP = 256;

/** How points are spread over workgroups. */
export interface Grouping {
  readonly lanes: number;
  readonly pointsPerGroup: number;
  /** The tiles do not fit workgroup memory and stand in a storage buffer. */
  readonly inStorage: boolean;
}

/**
 * A power of two of invocations per point, up to the widest layer; several points share a group while both the
 * invocations and the workgroup memory last.
 */
export function groupingFor(layout: BatchLayout, limits: GPUSupportedLimits): Grouping {
  const most = Math.min(
    LARGE_GROUP,
    limits.maxComputeInvocationsPerWorkgroup,
    limits.maxComputeWorkgroupSizeX,
  );
  let lanes = 1;
  while (lanes < layout.width && 2 * lanes <= most) lanes *= 2;
  const tiles = Math.floor(limits.maxComputeWorkgroupStorageSize / (4 * layout.tileWords));
  let pointsPerGroup = 1;
  while (2 * pointsPerGroup * lanes <= SMALL_GROUP && 2 * pointsPerGroup <= tiles)
    pointsPerGroup *= 2;
  return { lanes, pointsPerGroup, inStorage: tiles === 0 };
}

/** Compiled kernels of one device; a kernel is compiled once for every size of tile it meets. */
export class Kernels {
  readonly bindGroupLayout: GPUBindGroupLayout;
  readonly #device: GPUDevice;
  readonly #pipelineLayout: GPUPipelineLayout;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(device: GPUDevice) {
    this.#device = device;
    const types: GPUBufferBindingType[] = [
      'uniform',
      'read-only-storage',
      'read-only-storage',
      'read-only-storage',
      'storage',
      'storage',
    ];
    this.bindGroupLayout = device.createBindGroupLayout({
      entries: types.map((type, binding) => ({
        binding,
        visibility: STAGE_COMPUTE,
        buffer: { type },
      })),
    });
    this.#pipelineLayout = device.createPipelineLayout({
      bindGroupLayouts: [this.bindGroupLayout],
    });
  }

  pipeline(
    name: KernelName,
    layout: BatchLayout,
    grouping: Grouping,
    detail: boolean,
  ): Promise<GPUComputePipeline> {
    const { lanes, pointsPerGroup, inStorage } = grouping;
    const constants: Record<string, number> = {
      GROUP: lanes * pointsPerGroup,
      LANES: lanes,
      POINTS: pointsPerGroup,
      WIDTH: layout.width,
      TILE: inStorage ? 1 : layout.tileWords * pointsPerGroup,
      IN_STORAGE: inStorage ? 1 : 0,
      ...(name === 'bounds' ? { ROWS: layout.rows, DETAIL: detail ? 1 : 0 } : {}),
    };
    const key = `${name} ${Object.values(constants).join(' ')}`;
    const known = this.#pipelines.get(key);
    if (known) return known;
    const made = this.#device.createComputePipelineAsync({
      label: name,
      layout: this.#pipelineLayout,
      compute: {
        module: this.#device.createShaderModule({ label: name, code: SHADERS[name] }),
        entryPoint: 'main',
        constants,
      },
    });
    this.#pipelines.set(key, made);
    return made;
  }
}
