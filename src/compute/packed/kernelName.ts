/** The kernels that every backend on packed words has; `layout.ts` describes their inputs and results. */
export type KernelName =
  | 'forward'
  | 'activations'
  | 'patterns'
  | 'hashes'
  | 'compare'
  | 'distances'
  | 'bounds'
  | 'algorithm1plus'
  | 'ibp'
  | 'zonotope'
  | 'crown';
