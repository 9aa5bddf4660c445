import { type KernelName, kernelNamed } from '../packed/kernels.ts';
import type { BatchLayout } from '../packed/layout.ts';
import { JOB, LAYER, wgslStruct } from '../packed/structs.ts';
import { ENTRY_WORDS, type TileLayout, tileEntries } from '../packed/tile.ts';
import { STAGE_COMPUTE } from './buffers.ts';

const FILES = import.meta.glob<string>('../../../shaders/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** All that is compiled for a kernel: the structs, what it shares with others, and its own file. */
export function shaderOf(name: KernelName): string {
  const files = ['common', ...kernelNamed(name).parts, name].map((part) => {
    const text = FILES[`../../../shaders/${part}.wgsl`];
    if (text === undefined) throw new Error(`there is no shaders/${part}.wgsl`);
    return text;
  });
  return [wgslStruct('Job', JOB), wgslStruct('Layer', LAYER), ...files].join('\n');
}

const SMALL_GROUP = 64;
const LARGE_GROUP = 256;

/** How tiles are spread over workgroups. */
export interface Grouping {
  /** Invocations per tile. */
  readonly lanes: number;
  readonly tilesPerGroup: number;
  readonly pointsPerGroup: number;
  /** The tiles do not fit into workgroup memory and are in a storage buffer. */
  readonly inStorage: boolean;
}

/** Bytes of one tile. */
export const tileBytes = (tile: TileLayout): number => 4 * ENTRY_WORDS * tileEntries(tile);

/**
 * A power of two of invocations per tile, up to the widest layer; several tiles share a group while both the
 * invocations and the workgroup memory last.
 */
export function groupingFor({ tile }: BatchLayout, limits: GPUSupportedLimits): Grouping {
  const most = Math.min(
    LARGE_GROUP,
    limits.maxComputeInvocationsPerWorkgroup,
    limits.maxComputeWorkgroupSizeX,
  );
  let lanes = 1;
  while (lanes < tile.width && 2 * lanes <= most) lanes *= 2;
  const fit = Math.floor(limits.maxComputeWorkgroupStorageSize / (tileBytes(tile) + tile.counters));
  let tilesPerGroup = 1;
  while (2 * tilesPerGroup * lanes <= SMALL_GROUP && 2 * tilesPerGroup <= fit) tilesPerGroup *= 2;
  const pointsPerGroup = tilesPerGroup * tile.points;
  return { lanes, tilesPerGroup, pointsPerGroup, inStorage: fit === 0 };
}

/** Compiled kernels of one device; a kernel is compiled once per tile size. */
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

  pipeline(name: KernelName, layout: BatchLayout, grouping: Grouping): Promise<GPUComputePipeline> {
    const { lanes, tilesPerGroup, inStorage } = grouping;
    const entries = tileEntries(layout.tile);
    const constants: Record<string, number> = {
      GROUP: lanes * tilesPerGroup,
      LANES: lanes,
      SLOTS: tilesPerGroup,
      WIDTH: layout.tile.width,
      TILE: entries,
      SHARED: inStorage ? 1 : entries * tilesPerGroup,
      IN_STORAGE: inStorage ? 1 : 0,
      ...(kernelNamed(name).countsRows ? { ROWS: layout.tile.rows } : {}),
    };
    const key = `${name} ${Object.values(constants).join(' ')}`;
    const known = this.#pipelines.get(key);
    if (known) return known;
    const made = this.#device.createComputePipelineAsync({
      label: name,
      layout: this.#pipelineLayout,
      compute: {
        module: this.#device.createShaderModule({ label: name, code: shaderOf(name) }),
        entryPoint: 'main',
        constants,
      },
    });
    this.#pipelines.set(key, made);
    return made;
  }
}
