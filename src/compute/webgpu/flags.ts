/**
 * Numbers from the WebGPU specification; the globals of the same names are missing where the GPU object came from a
 * package.
 */
export const Usage = {
  mapRead: 0x1,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
} as const;

export const MAP_READ = 0x1;
export const STAGE_COMPUTE = 0x4;
