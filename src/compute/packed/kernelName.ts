/** The kernels that every backend on packed words has; `layout.ts` says what they are given and what they write. */
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
