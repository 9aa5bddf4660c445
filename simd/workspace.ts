// Where the kernels that carry gradients keep their numbers. Points are computed one at a time, so there is one of each.

/** Rows of one number per neuron of the layer at hand: A, e, q (for distances and CROWN, see `inputs.ts`), and ‖L‖². */
export let values: usize = 0;
export let errors: usize = 0;
export let doubts: usize = 0;
export let squares: usize = 0;
/** Not zero where an input that moves reaches the neuron, and, in Algorithm 1, where a bent one does. */
export let moving: usize = 0;
export let bending: usize = 0;
/** The first layer's, which are those of every point. */
export let firstSquares: usize = 0;
export let firstMoving: usize = 0;
export let zeros: usize = 0;
/** A row for every coordinate of L. */
export let gradients: usize = 0;
export let rowBytes: usize = 0;

/** Lists of inputs with a, g and q; of the bent ones; and of the affine ones with every coordinate of L. */
export let valueList: usize = 0;
export let errorList: usize = 0;
export let doubtList: usize = 0;
export let bentList: usize = 0;
export let gradientLists: usize = 0;
export let listBytes: usize = 0;

/** One word per layer: no weight is zero, so that every input reaches every neuron. */
export let dense: usize = 0;

/** The memory behind this is for the kernel. */
export let room: usize = 0;

export function layOut(scratch: usize, width: u32, d: u32, columns: u32, hidden: u32): void {
  rowBytes = (<usize>width) << 2;
  listBytes = 2 * rowBytes;
  values = scratch;
  errors = values + rowBytes;
  doubts = errors + rowBytes;
  squares = doubts + rowBytes;
  moving = squares + rowBytes;
  bending = moving + rowBytes;
  firstSquares = bending + rowBytes;
  firstMoving = firstSquares + rowBytes;
  zeros = firstMoving + rowBytes;
  gradients = zeros + rowBytes;
  valueList = gradients + <usize>columns * rowBytes;
  // The input may be wider than every layer; it has no list of gradients.
  const longest = max(listBytes, (<usize>d + 4) << 3);
  errorList = valueList + longest;
  doubtList = errorList + longest;
  bentList = doubtList + longest;
  gradientLists = bentList + listBytes;
  dense = gradientLists + <usize>columns * listBytes;
  room = (dense + ((<usize>hidden) << 2) + 15) & ~15;
  memory.fill(zeros, 0, rowBytes);
}
