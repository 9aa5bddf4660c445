// One pass through the layers for the methods that pass on, from neuron to neuron,
//
//     |X(x + δ) − a − L·δ − H·ε| ≤ err        for all δ in the ball and some ε in [−1, 1]^m, the same for all neurons
//
// as (a, L, H, g) with g ≥ err + γ′(|a| + r‖L‖ + ‖H‖₁): γ′ is what the next layer's dot products will add. A pre-activation
// then lies within `reach` of A, and S = 0 is claimed only where it is true of the 64-bit network; docs/soundness.md
// derives the constants. The methods differ in what a neuron passes on, which their files define:
//
//     keeps     one that is stable and not zero, or has no crease: σ is linear with slope `sigma`
//     bends     one that may switch
//     spreadOf  what H adds to the reach, and how many rows there are now
//
// and in ENDS_AT_BENT: whether the method has to know which neurons have an input whose fourth place is not zero.
//
// A half of the tile has the rows (a, g, 1 where it moves in the ball, what the method adds), then L and H, four columns to a
// row. The state is explicit, never guessed from g > 0: in 32 bits g is positive everywhere. `results` is zero when this
// starts; per point C of every hidden layer.

// A neuron: A, e, h = r‖L‖, s ≥ ‖H‖₁, and how far it can be from A anywhere in the ball.
struct Found {
  A: f32,
  e: f32,
  h: f32,
  s: f32,
  reach: f32,
  slope: f32,
  bent: bool,
}

// What a neuron passes on: its first row, and the factor for the others.
struct Handed {
  head: vec4f,
  scale: f32,
}

// ‖H‖₁ rounded up, and how many rows of the half are in use.
struct Spread {
  size: f32,
  rows: u32,
}

fn laterSums(layer: Layer, j: u32, before: u32, after: u32) -> Sums {
  let bias = parameters[layer.biases + j];
  var sums: Sums = Sums(bias, job.eta + layer.gamma * abs(bias), job.eta, false, false);
  // The first four coordinates of L come with the rest: on planar networks one pass does it all.
  var l: vec4f = vec4f(0.0);
  for (var i: u32 = 0u; i < layer.inputs; i++) {
    let w = parameters[layer.weights + i * layer.outputs + j];
    let head = load(before + i);
    sums.A += w * head.x;
    sums.e += abs(w) * head.y;
    sums.moves = sums.moves || (w != 0.0 && head.z != 0.0);
    if (ENDS_AT_BENT) {
      sums.bent = sums.bent || (w != 0.0 && head.w != 0.0);
    }
    if (carries()) {
      l += w * load(before + WIDTH + i);
    }
  }
  if (carries()) {
    for (var column: u32 = 0u; column < job.columns; column += 4u) {
      let row = (1u + column / 4u) * WIDTH;
      if (column > 0u) {
        l = laterGradient(layer, j, before + row);
      }
      sums.square += dot(l, l);
      store(after + row + j, l);
    }
  }
  return sums;
}

// All that a method keeps of a neuron which may switch is the interval of its post-activation, [slope·l, u], or with a
// negative slope [0, the larger of u and slope·l].
fn boxed(layer: Layer, z: Found) -> Handed {
  let left = z.slope * max(z.reach - z.A, 0.0);
  let above = max(max(z.A + z.reach, 0.0), -left);
  let below = max(left, 0.0);
  let radius = layer.kappa * (0.5 * (above + below));
  // |A| + reach where |a| would do covers what cancels in `above` and `below`, in whatever order.
  let g = layer.kappa * (radius + layer.nextGamma * (abs(z.A) + z.reach));
  return Handed(vec4f(0.5 * (above - below), g, 1.0, 0.0), 0.0);
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let place = placeOf(group, groups, local);
  let point = place.tile;
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
        sums = firstSums(layer, j, input, after);
      } else {
        sums = laterSums(layer, j, before, after);
      }
      let A = sums.A;
      let h = r * sqrt(sums.square);
      if (k == 0u) {
        // The rows of W¹ were rounded to 32 bits: that is the whole error of L here.
        sums.e += UNIT * h;
      }
      let spread = spreadOf(k, place, j);
      let reach = layer.kappa * (h + spread.size + sums.e) + job.eta;
      let z = Found(A, sums.e, h, spread.size, reach, slopeOf(layer, j), sums.bent);
      let sigma = select(z.slope, 1.0, A > 0.0);
      var handed: Handed = Handed(vec4f(0.0), 0.0);
      if (!sums.moves) {
        // Constant: it cannot switch, whatever its value.
        let a = sigma * A;
        handed.head = vec4f(a, layer.kappa * (z.e + layer.nextGamma * abs(a)), 0.0, 0.0);
      } else if (!(abs(A) > reach) && z.slope != 1.0) {
        // Written so that a comparison that fails for any reason gives S = 1. Without a crease, nothing can switch.
        unstable += 1u;
        handed = bends(layer, z);
      } else if (sigma != 0.0) {
        handed = keeps(layer, z, sigma);
      }
      store(after + j, handed.head);
      if (handed.scale != 1.0) {
        for (var row: u32 = 1u; row < spread.rows; row++) {
          store(after + row * WIDTH + j, handed.scale * load(after + row * WIDTH + j));
        }
      }
    }
    if (point < job.count && unstable > 0u) {
      atomicAdd(&results[point * job.resultWords + k], unstable);
    }
    barrier();
  }
}
