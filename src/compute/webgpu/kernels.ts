import activationsShader from '../../../shaders/activations.wgsl?raw';
import algorithmOnePlusShader from '../../../shaders/algorithm1plus.wgsl?raw';
import bitsPart from '../../../shaders/bits.wgsl?raw';
import boundsShader from '../../../shaders/bounds.wgsl?raw';
import commonPart from '../../../shaders/common.wgsl?raw';
import compareShader from '../../../shaders/compare.wgsl?raw';
import crownShader from '../../../shaders/crown.wgsl?raw';
import distancesShader from '../../../shaders/distances.wgsl?raw';
import formsPart from '../../../shaders/forms.wgsl?raw';
import forwardShader from '../../../shaders/forward.wgsl?raw';
import gradientPart from '../../../shaders/gradient.wgsl?raw';
import hashesShader from '../../../shaders/hashes.wgsl?raw';
import ibpShader from '../../../shaders/ibp.wgsl?raw';
import ladderPart from '../../../shaders/ladder.wgsl?raw';
import passPart from '../../../shaders/pass.wgsl?raw';
import patternsShader from '../../../shaders/patterns.wgsl?raw';
import sumsPart from '../../../shaders/sums.wgsl?raw';
import zonotopeShader from '../../../shaders/zonotope.wgsl?raw';
import type { KernelName } from '../packed/kernelName.ts';
import type { BatchLayout } from '../packed/layout.ts';
import { ENTRY_WORDS, type TileLayout, tileEntries } from '../packed/tile.ts';
import { STAGE_COMPUTE } from './flags.ts';

/** What is compiled for each kernel. */
export const SHADERS: Readonly<Record<KernelName, string>> = {
  forward: commonPart + passPart + forwardShader,
  activations: commonPart + passPart + activationsShader,
  patterns: commonPart + passPart + bitsPart + patternsShader,
  hashes: commonPart + passPart + bitsPart + hashesShader,
  compare: commonPart + passPart + bitsPart + compareShader,
  distances: commonPart + gradientPart + distancesShader,
  bounds: commonPart + gradientPart + boundsShader,
  algorithm1plus: commonPart + gradientPart + sumsPart + ladderPart + algorithmOnePlusShader,
  ibp: commonPart + gradientPart + sumsPart + ladderPart + ibpShader,
  zonotope: commonPart + gradientPart + sumsPart + ladderPart + zonotopeShader,
  crown: commonPart + gradientPart + sumsPart + formsPart + crownShader,
};

/** Kernels that have the number of rows of a tile as a constant. */
const COUNT_ROWS: ReadonlySet<KernelName> = new Set<KernelName>([
  'distances',
  'bounds',
  'algorithm1plus',
  'ibp',
  'zonotope',
]);

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

  pipeline(
    name: KernelName,
    layout: BatchLayout,
    grouping: Grouping,
    detail: boolean,
  ): Promise<GPUComputePipeline> {
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
      ...(COUNT_ROWS.has(name) ? { ROWS: layout.tile.rows } : {}),
      ...(name === 'bounds' ? { DETAIL: detail ? 1 : 0 } : {}),
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
