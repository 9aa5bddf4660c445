// The dot products of a neuron of the first layer in a ball, for the kernels of the ladder; what they write, and the rows of
// L in their tiles.

// 2⁻²³: `+ − ×` may round either way.
const UNIT: f32 = 1.1920928955078125e-7;
override ROWS: u32 = 1;

@group(0) @binding(5) var<storage, read_write> results: array<atomic<u32>>;

// What the dot products of one neuron give.
struct Sums {
  A: f32,
  // Rounding, inherited errors, and the reach of what the inputs pass on besides L and H.
  e: f32,
  // η + ‖L‖².
  square: f32,
  // Some input that moves comes in through a weight that is not zero.
  moves: bool,
  // Some such input is bent; known in Algorithm 1 alone.
  bent: bool,
}

// Whether the tile has rows for L: one override decides, so that the branch is gone when the kernel is compiled.
fn carries() -> bool {
  return ROWS > 1u;
}

fn firstSums(layer: Layer, j: u32, input: u32, after: u32) -> Sums {
  let bias = parameters[layer.biases + j];
  var sums: Sums = Sums(bias, job.eta + layer.gamma * abs(bias), job.eta, false, false);
  for (var t: u32 = 0u; t < job.dimension; t++) {
    let w = parameters[layer.weights + t * layer.outputs + j];
    let x = points[input + t];
    sums.A += w * x;
    sums.e += abs(w) * (layer.gamma * abs(x));
    sums.moves = sums.moves || w != 0.0;
  }
  for (var column: u32 = 0u; column < job.columns; column += 4u) {
    let l = firstGradient(layer, j, column);
    sums.square += dot(l, l);
    if (carries()) {
      store(after + (1u + column / 4u) * WIDTH + j, l);
    }
  }
  return sums;
}
