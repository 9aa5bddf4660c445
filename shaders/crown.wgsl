// CROWN (Zhang et al. 2018) in an ℓ2 ball, intersected with interval bound propagation (src/bounds/crown.ts), in 32 bits:
// S = 0 is claimed only where it is true of the 64-bit network; docs/soundness.md derives the terms. Interval propagation
// goes from layer to layer; what it leaves unstable gets linear forms λ·X, one for z and one for −z, which are carried back
// to the pre-activations of the first hidden layer, where z = A + L·δ up to a known error. On the way a line takes the place
// of every σ.
//
// The tile is that of forms.wgsl. `results` is zero when this starts; per point C of every hidden layer.

// Neurons that get forms, per tile; rounds that the busiest tile of the group needs.
var<workgroup> open: array<atomic<u32>, SLOTS>;
var<workgroup> rounds: u32;

// [A − reach, A + reach] with room for rounding its ends.
fn boxOf(layer: Layer, A: f32, reach: f32, relative: f32, moves: bool) -> vec4f {
  let wide = layer.kappa * (reach + layer.gamma * abs(A));
  return vec4f(A - wide, A + wide, relative, select(0.0, 1.0, moves));
}

fn firstBox(place: Place, layer: Layer, j: u32, input: u32, r: f32) -> vec4f {
  let sums = firstSums(layer, j, input, 0u);
  let h = r * sqrt(sums.square);
  // The rows of W¹ were rounded to 32 bits: that is the whole error of L here.
  let e = sums.e + UNIT * h;
  store(rowAt(place, CENTRES) + j, vec4f(sums.A, layer.kappa * e, 0.0, 0.0));
  let reach = layer.kappa * (h + e) + job.eta;
  return boxOf(layer, sums.A, reach, abs(sums.A) + h, sums.moves);
}

// One step of interval bound propagation.
fn laterBox(place: Place, layer: Layer, j: u32) -> vec4f {
  let bias = parameters[layer.biases + j];
  var A: f32 = bias;
  var e: f32 = job.eta + layer.gamma * abs(bias);
  var relative: f32 = abs(bias);
  var moves: bool = false;
  for (var i: u32 = 0u; i < layer.inputs; i++) {
    let w = parameters[layer.weights + i * layer.outputs + j];
    let head = load(rowAt(place, HEADS) + i);
    A += w * head.x;
    e += abs(w) * head.y;
    relative += abs(w) * head.w;
    moves = moves || (w != 0.0 && head.z != 0.0);
  }
  return boxOf(layer, A, layer.kappa * e + job.eta, relative, moves);
}

// Written so that a comparison that fails for any reason leaves the neuron unstable. Without a crease it never is.
fn isUnstable(box: vec4f, slope: f32) -> bool {
  return slope != 1.0 && box.w != 0.0 && !(box.x > 0.0) && !(box.y < 0.0);
}

// The lines of neuron j, and what it passes on to interval propagation.
fn settle(place: Place, layer: Layer, j: u32, box: vec4f) {
  let l = box.x;
  let u = box.y;
  let below = max(-l, 0.0);
  let above = max(u, 0.0);
  let slope = slopeOf(layer, j);
  // σ at the two ends. With a negative slope either may be the larger, and around 0 the least is 0.
  let left = select(slope * l, l, l > 0.0);
  let right = select(slope * u, u, u > 0.0);
  let high = max(left, right);
  let low = select(min(left, right), 0.0, slope < 0.0 && l < 0.0 && u > 0.0);
  var line: vec4f = vec4f(1.0, 1.0, 0.0, box.z + abs(l) + abs(u));
  if (u < 0.0) {
    line = vec4f(slope, slope, 0.0, line.w);
  } else if (!(l > 0.0)) {
    // Any slope does whose line is above σ at both ends.
    let s = clamp((above + slope * below) / max(above + below, job.eta), slope, 1.0);
    let offset = layer.kappa * max((s - slope) * below, (1.0 - s) * above);
    line = vec4f(s, select(slope, 1.0, above >= below), offset, line.w);
  }
  store(rowAt(place, LINES) + layer.firstNeuron + j, line);
  let radius = layer.kappa * (0.5 * max(high - low, 0.0));
  let g = layer.kappa * (radius + layer.nextGamma * (abs(low) + abs(high)));
  let moves = select(box.w, 0.0, u < 0.0 && slope == 0.0);
  let most = layer.kappa * max(abs(low), abs(high));
  store(rowAt(place, HEADS) + j, vec4f(0.5 * (low + high), g, moves, most));
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let place = placeOf(group, groups, local);
  let slot = local / LANES;
  let point = place.tile;
  let input = min(point, job.count - 1u) * (job.dimension + 1u);
  let r = points[input + job.dimension];

  for (var k: u32 = 0u; k < job.hidden; k++) {
    let layer = layers[k];
    if (place.lane == 0u) {
      atomicStore(&open[slot], 0u);
    }
    barrier();
    for (var j: u32 = place.lane; j < layer.outputs; j += LANES) {
      var box: vec4f = vec4f(0.0);
      if (k == 0u) {
        box = firstBox(place, layer, j, input, r);
      } else {
        box = laterBox(place, layer, j);
        if (isUnstable(box, slopeOf(layer, j))) {
          storeWords(rowAt(place, LIST) + atomicAdd(&open[slot], 1u), vec4u(j));
        }
      }
      store(rowAt(place, BOXES) + j, box);
    }
    barrier();
    let count = atomicLoad(&open[slot]);
    if (local == 0u) {
      var most: u32 = 0u;
      for (var s: u32 = 0u; s < SLOTS; s++) {
        most = max(most, atomicLoad(&open[s]));
      }
      rounds = (most + NEURONS - 1u) / NEURONS;
    }
    // The same for the whole group, so that all come to the barriers together.
    let turns = workgroupUniformLoad(&rounds);
    for (var turn: u32 = 0u; turn < turns; turn++) {
      bound(place, k, turn * NEURONS, count, r);
    }

    var unstable: u32 = 0u;
    for (var j: u32 = place.lane; j < layer.outputs; j += LANES) {
      let box = load(rowAt(place, BOXES) + j);
      if (isUnstable(box, slopeOf(layer, j))) {
        unstable += 1u;
      }
      settle(place, layer, j, box);
    }
    if (point < job.count && unstable > 0u) {
      atomicAdd(&results[point * job.resultWords + k], unstable);
    }
  }
}
