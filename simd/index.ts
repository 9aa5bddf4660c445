export { bounds } from './bounds';
export { forward } from './forward';
export { patterns } from './patterns';

/** The first address that no data of the module's own stands at. */
export function heapBase(): usize {
  return __heap_base;
}
