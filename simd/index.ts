export { activations } from './activations';
export { algorithm1plus } from './algorithm1plus';
export { bounds } from './bounds';
export { compare } from './compare';
export { crown } from './crown';
export { distances } from './distances';
export { prepareFirstLayer } from './firstLayer';
export { forward } from './forward';
export { hashes } from './hashes';
export { ibp } from './ibp';
export { demote, largest32, largest64 } from './numbers';
export { patterns } from './patterns';
export { zonotope } from './zonotope';

/** The first address that no data of the module's own stands at. */
export function heapBase(): usize {
  return __heap_base;
}
