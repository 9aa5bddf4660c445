// Distance of every point to the nearest crease, d(x) = min |z(x)| / ‖∇z(x)‖₂ over the neurons with ∇z(x) ≠ 0 and a
// slope other than 1 (Hanin & Rolnick 2019), by one forward pass that carries the Jacobian; per point d, the flat index of the neuron (the first at
// a tie, −1 where there is none), and whether 64-bit arithmetic should look at the point again.
//
// Each neuron passes on a, its gradient L, and two bounds: g on the error of a, f on that of ‖L‖, each with what the
// next layer's dot products will add to it. |z − ẑ| ≤ κ e and ‖∇z − L̂‖ ≤ κ f while no sign upstream is wrong; one that
// is wrong has |ẑ| ≤ κ e, so that the point is within rounding of that crease, and d̂ with it. What is left are gradients
// that cannot be told from zero, ‖L̂‖ ≤ 2 κ f: they do not count, and the point is to be looked at again where such a
// neuron's crease could be nearer than d̂, (|ẑ| − κ e) / (‖L̂‖ + κ f) < d̂. Elsewhere each quotient is off by at most
// 2 κ (e + d̂ f) / ‖L̂‖.

// 2⁻²³: `+ − ×` may round either way.
const UNIT: f32 = 1.1920928955078125e-7;
const FAR: f32 = 3.0e38;
const NONE: u32 = 0xffffffffu;

// Rows in a half of the tile: (a, g, f, whether it moves), then L, four coordinates to a row.
override ROWS: u32 = 2;
override SCANS: u32 = min(LANES, 8u);

@group(0) @binding(5) var<storage, read_write> results: array<u32>;

// What the dot products of one neuron give.
struct Sums {
  z: f32,
  e: f32,
  f: f32,
  square: f32,
  // The gradient may be other than zero.
  moves: bool,
}

fn firstLayer(layer: Layer, j: u32, input: u32, after: u32) -> Sums {
  let bias = parameters[layer.biases + j];
  var sums: Sums = Sums(bias, job.eta + layer.gamma * abs(bias), 0.0, 0.0, false);
  for (var t: u32 = 0u; t < job.dimension; t++) {
    let w = parameters[layer.weights + t * layer.outputs + j];
    let x = points[input + t];
    sums.z += w * x;
    sums.e += abs(w) * (layer.gamma * abs(x));
    sums.moves = sums.moves || w != 0.0;
  }
  for (var row: u32 = 1u; row < ROWS; row++) {
    let l = firstGradient(layer, j, 4u * (row - 1u));
    sums.square += dot(l, l);
    store(after + row * WIDTH + j, l);
  }
  // The rows were rounded to 32 bits.
  sums.f = UNIT * sqrt(sums.square);
  return sums;
}

fn laterLayer(layer: Layer, j: u32, before: u32, after: u32) -> Sums {
  let bias = parameters[layer.biases + j];
  var sums: Sums = Sums(bias, job.eta + layer.gamma * abs(bias), 0.0, 0.0, false);
  var l: vec4f = vec4f(0.0);
  for (var i: u32 = 0u; i < layer.inputs; i++) {
    let w = parameters[layer.weights + i * layer.outputs + j];
    let head = load(before + i);
    sums.z += w * head.x;
    sums.e += abs(w) * head.y;
    sums.f += abs(w) * head.z;
    l += w * load(before + WIDTH + i);
    sums.moves = sums.moves || (w != 0.0 && head.w != 0.0);
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

// What one invocation, and in the end the tile, has found.
struct Nearest {
  distance: f32,
  neuron: u32,
  // No crease of a doubtful neuron is nearer than this.
  doubt: f32,
}

fn nearer(a: Nearest, b: Nearest) -> Nearest {
  let second = b.distance < a.distance || (b.distance == a.distance && b.neuron < a.neuron);
  return Nearest(
    select(a.distance, b.distance, second),
    select(a.neuron, b.neuron, second),
    min(a.doubt, b.doubt),
  );
}

// Where a lane's find stands once the tile is free: LANES is never more than WIDTH.
fn storeFind(place: Place, found: Nearest) {
  let words = vec3u(bitcast<u32>(found.distance), found.neuron, bitcast<u32>(found.doubt));
  storeWords(place.base + place.lane, vec4u(words, 0u));
}

fn loadFind(place: Place, lane: u32) -> Nearest {
  let words = loadWords(place.base + lane);
  return Nearest(bitcast<f32>(words.x), words.y, bitcast<f32>(words.z));
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let place = placeOf(group, groups, local);
  let point = place.tile;
  let input = min(point, job.count - 1u) * job.dimension;
  let half = ROWS * WIDTH;
  // What squares below the normal range may lose of a norm.
  let floor = sqrt(job.eta);
  var found: Nearest = Nearest(FAR, NONE, FAR);

  for (var k: u32 = 0u; k < job.hidden; k++) {
    let layer = layers[k];
    let before = place.base + (k % 2u) * half;
    let after = place.base + ((k + 1u) % 2u) * half;
    for (var j: u32 = place.lane; j < layer.outputs; j += LANES) {
      var sums: Sums = Sums(0.0, 0.0, 0.0, 0.0, false);
      if (k == 0u) {
        sums = firstLayer(layer, j, input, after);
      } else {
        sums = laterLayer(layer, j, before, after);
      }
      let z = sums.z;
      let norm = sqrt(sums.square);
      let e = layer.kappa * sums.e;
      let f = layer.kappa * (sums.f + floor);
      let slope = slopeOf(layer, j);
      if (sums.moves && slope != 1.0) {
        if (norm > 2.0 * f) {
          found = nearer(found, Nearest(abs(z) / norm, layer.firstNeuron + j, FAR));
        } else {
          found.doubt = min(found.doubt, max(abs(z) - e, 0.0) / (norm + f));
        }
      }
      let sigma = select(slope, 1.0, z > 0.0);
      let a = sigma * z;
      // |z| and a whole e where the slope would do: the sign may be wrong.
      let g = select(0.0, layer.kappa * (e + layer.nextGamma * abs(a)), sigma != 0.0 || abs(z) <= e);
      let next = abs(sigma) * layer.kappa * (f + layer.nextGamma * norm);
      store(after + j, vec4f(a, g, next, select(0.0, 1.0, sums.moves && sigma != 0.0)));
      if (sigma != 1.0) {
        for (var row: u32 = 1u; row < ROWS; row++) {
          store(after + row * WIDTH + j, sigma * load(after + row * WIDTH + j));
        }
      }
    }
    barrier();
  }

  // Combines the lanes: some lanes reduce a share each, one reduces theirs. Few barriers matter more than short loops.
  storeFind(place, found);
  barrier();
  let share = LANES / SCANS;
  if (place.lane < SCANS) {
    for (var i: u32 = 1u; i < share; i++) {
      found = nearer(found, loadFind(place, place.lane + i * SCANS));
    }
    storeFind(place, found);
  }
  barrier();
  if (place.lane == 0u && point < job.count) {
    for (var i: u32 = 1u; i < SCANS; i++) {
      found = nearer(found, loadFind(place, i));
    }
    results[3u * point] = bitcast<u32>(found.distance);
    results[3u * point + 1u] = found.neuron;
    results[3u * point + 2u] = select(0u, 1u, found.doubt <= found.distance);
  }
}
