// Algorithm 1 of Zhu, Lin & Tang (2020), guarded, in 32 bits, with every bound inflated by what rounding may have
// done: S = 0 is claimed only where it is true of the 64-bit network. docs/soundness.md derives the constants.
//
// Each neuron hands on: a, its post-activation at the centre as computed; L, its gradient; a state; and g, a bound on
//   AFFINE    the errors of a and of r‖L‖, plus what the next layer's dot product will add to them (P = 0)
//   BENT      the deviation of the post-activation from a anywhere in the ball, plus the same (P = 1)
//   CONSTANT  the error of a, plus the same; nothing of it moves in the ball (P = 0, and its L is zero)
// The state is explicit, never guessed from g > 0: in 32 bits g is positive everywhere.
//
// `results` is zero when this starts; per point C of every hidden layer and, in DETAIL, which tests look at, for every
// neuron A, U, U_raw and the flags P | S << 1.

const AFFINE: f32 = 0.0;
const BENT: f32 = 1.0;
const CONSTANT: f32 = 2.0;
// 2⁻²³: `+ − ×` may round either way.
const UNIT: f32 = 1.1920928955078125e-7;
// Rows in a half of the tile: (a, g, 0, state), then L, four coordinates to a row.
override ROWS: u32 = 2;
override DETAIL: bool = false;

// Per point: the centre in 32 bits; a radius that covers the true ball from there.
@group(0) @binding(5) var<storage, read_write> results: array<atomic<u32>>;

// What the dot products of one neuron give.
struct Sums {
  A: f32,
  // Rounding and inherited errors, and the reach of bent inputs.
  e: f32,
  // η + ‖L‖².
  square: f32,
  // Some input is bent; some input is not constant.
  bent: bool,
  moves: bool,
}

fn firstLayer(layer: Layer, j: u32, input: u32, after: u32) -> Sums {
  let bias = parameters[layer.biases + j];
  var sums: Sums = Sums(bias, job.eta + layer.gamma * abs(bias), job.eta, false, false);
  for (var t: u32 = 0u; t < job.dimension; t++) {
    let w = parameters[layer.weights + t * layer.outputs + j];
    let x = points[input + t];
    sums.A += w * x;
    sums.e += abs(w) * (layer.gamma * abs(x));
    sums.moves = sums.moves || w != 0.0;
  }
  for (var row: u32 = 1u; row < ROWS; row++) {
    let l = firstGradient(layer, j, 4u * (row - 1u));
    sums.square += dot(l, l);
    store(after + row * WIDTH + j, l);
  }
  return sums;
}

fn laterLayer(layer: Layer, j: u32, before: u32, after: u32) -> Sums {
  let bias = parameters[layer.biases + j];
  var sums: Sums = Sums(bias, job.eta + layer.gamma * abs(bias), job.eta, false, false);
  // The first four coordinates of L come with the rest: on planar networks one pass does it all.
  var l: vec4f = vec4f(0.0);
  for (var i: u32 = 0u; i < layer.inputs; i++) {
    let w = parameters[layer.weights + i * layer.outputs + j];
    let head = load(before + i);
    sums.A += w * head.x;
    sums.e += abs(w) * head.y;
    l += w * load(before + WIDTH + i);
    sums.bent = sums.bent || (w != 0.0 && head.w == BENT);
    sums.moves = sums.moves || (w != 0.0 && head.w != CONSTANT);
  }
  for (var row: u32 = 1u; row < ROWS; row++) {
    if (row > 1u) {
      l = laterGradient(layer, j, before + row * WIDTH);
    }
    sums.square += dot(l, l);
    store(after + row * WIDTH + j, l);
  }
  return sums;
}

fn scaleGradient(after: u32, j: u32, factor: f32) {
  for (var row: u32 = 1u; row < ROWS; row++) {
    store(after + row * WIDTH + j, factor * load(after + row * WIDTH + j));
  }
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let place = placeOf(group, groups, local);
  let point = place.tile;
  let exists = point < job.count;
  let input = min(point, job.count - 1u) * (job.dimension + 1u);
  let r = points[input + job.dimension];
  let half = ROWS * WIDTH;

  for (var k: u32 = 0u; k < job.hidden; k++) {
    let layer = layers[k];
    let before = place.base + (k % 2u) * half;
    let after = place.base + ((k + 1u) % 2u) * half;
    var unstable: u32 = 0u;
    for (var j: u32 = place.lane; j < layer.outputs; j += LANES) {
      var sums: Sums = Sums(0.0, 0.0, 0.0, false, false);
      if (k == 0u) {
        sums = firstLayer(layer, j, input, after);
      } else {
        sums = laterLayer(layer, j, before, after);
      }
      let A = sums.A;
      let h = r * sqrt(sums.square);
      if (k == 0u) {
        // The rows of W¹ were rounded to 32 bits: that is the whole error of L here.
        sums.e += UNIT * h;
      }
      let constant = !sums.moves;
      let raw = layer.kappa * (h + sums.e) + job.eta;
      // Written so that a comparison that fails for any reason gives S = 1.
      let stable = constant || abs(A) > raw;
      let sigma = select(job.slope, 1.0, A > 0.0);
      let a = sigma * A;

      var state: f32 = BENT;
      var value: f32 = a;
      var g: f32 = 0.0;
      var reach: f32 = 0.0;
      var gradient: f32 = 0.0;
      if (constant) {
        state = CONSTANT;
        g = layer.kappa * (sums.e + layer.nextGamma * abs(a));
      } else if (stable && sigma == 0.0) {
        // Always off: exactly zero on the ball, whatever rounding did.
        state = CONSTANT;
        value = 0.0;
      } else if (stable) {
        reach = sigma * raw;
        if (sums.bent) {
          g = layer.kappa * (reach + layer.nextGamma * abs(a));
        } else {
          state = AFFINE;
          gradient = sigma;
          g = layer.kappa * (sigma * sums.e + layer.nextGamma * (abs(a) + sigma * h));
        }
      } else {
        unstable += 1u;
        reach = raw;
        if (A < 0.0) {
          // U_raw + (1 − slope)·A as a sum of terms that are not negative.
          reach = layer.kappa * (max(raw + A, 0.0) + job.slope * abs(A));
        }
        // |A| where |a| would do also covers a reordering of that sum.
        g = layer.kappa * (reach + layer.nextGamma * abs(A));
      }
      store(after + j, vec4f(value, g, 0.0, state));
      if (gradient != 1.0) {
        scaleGradient(after, j, gradient);
      }

      if (DETAIL && exists) {
        let at = point * job.resultWords + job.hidden + 4u * (layer.firstNeuron + j);
        let flags = select(0u, 1u, state == BENT) | select(2u, 0u, stable);
        atomicStore(&results[at], bitcast<u32>(A));
        atomicStore(&results[at + 1u], bitcast<u32>(reach));
        atomicStore(&results[at + 2u], bitcast<u32>(select(raw, 0.0, constant)));
        atomicStore(&results[at + 3u], flags);
      }
    }
    if (exists && unstable > 0u) {
      atomicAdd(&results[point * job.resultWords + k], unstable);
    }
    barrier();
  }
}
