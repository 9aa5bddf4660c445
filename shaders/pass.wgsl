// The forward pass z = W h + b, h = max(z, slope z) with a slope for every neuron, of four points side by side: an entry of the tile holds the same
// number of all four, so that a weight is read once for them. It stands before the kernels that need no more than that.
//
// A sum of n terms is off by at most (n + 8) 2⁻²³ (|b| + Σ |W||h|), in whatever order it is taken (docs/compute.md).

const POINTS: u32 = 4u;

// The four points of a tile; past the last point of the batch, the last again.
fn pointsOf(at: Place) -> vec4u {
  return min(vec4u(at.tile * POINTS) + vec4u(0u, 1u, 2u, 3u), vec4u(job.count - 1u));
}

// How many of the four are points of the batch.
fn existing(at: Place) -> u32 {
  return min(POINTS, job.count - min(job.count, at.tile * POINTS));
}

// Where the half of the tile stands that layer k (0: the first hidden one) writes.
fn halfOf(at: Place, k: u32) -> u32 {
  return at.base + ((k + 1u) % 2u) * WIDTH;
}

// Adds to z what `count` inputs from `first` on give, which stand in the tile from `before` on.
fn addInputs(layer: Layer, j: u32, before: u32, first: u32, count: u32, z: vec4f) -> vec4f {
  var sum: vec4f = z;
  var weight: u32 = layer.weights + first * layer.outputs + j;
  for (var i: u32 = 0u; i < count; i++) {
    sum += parameters[weight] * load(before + i);
    weight += layer.outputs;
  }
  return sum;
}

// The post-activations of neuron j. With a negative slope their sign is not that of z; the last bit says it, 1 where z is
// positive, and is one of the roundings that the sum above allows.
fn activate(layer: Layer, j: u32, z: vec4f) -> vec4f {
  let slope = slopeOf(layer, j);
  let on = z > vec4f(0.0);
  let h = select(slope * z, z, on);
  if (slope < 0.0) {
    return bitcast<vec4f>((bitcast<vec4u>(h) & vec4u(0xfffffffeu)) | select(vec4u(0u), vec4u(1u), on));
  }
  return h;
}

// Whether a neuron with this slope and these post-activations is on; without a crease, slope 1, it always is.
fn isOn(slope: f32, h: vec4f) -> vec4<bool> {
  if (slope < 0.0) {
    return (bitcast<vec4u>(h) & vec4u(1u)) == vec4u(1u);
  }
  return (h > vec4f(0.0)) | vec4<bool>(slope == 1.0);
}

// The first layer; the points pass through the tile in pieces, so that it need not be as wide as they are long.
fn firstLayer(at: Place) {
  let layer = layers[0];
  let input = pointsOf(at) * job.dimension;
  let after = halfOf(at, 0u);
  for (var first: u32 = 0u; first < job.dimension; first += WIDTH) {
    let count = min(WIDTH, job.dimension - first);
    barrier();
    for (var i: u32 = at.lane; i < count; i += LANES) {
      let t = input + vec4u(first + i);
      store(at.base + i, vec4f(points[t.x], points[t.y], points[t.z], points[t.w]));
    }
    barrier();
    for (var j: u32 = at.lane; j < layer.outputs; j += LANES) {
      var z: vec4f = vec4f(parameters[layer.biases + j]);
      if (first > 0u) {
        z = load(after + j);
      }
      z = addInputs(layer, j, at.base, first, count, z);
      if (first + count == job.dimension) {
        z = activate(layer, j, z);
      }
      store(after + j, z);
    }
  }
}

// Layer k, hidden or the last: its post-activations (outputs) stand in `halfOf(at, k)` when this returns.
fn propagate(k: u32, at: Place) {
  if (k == 0u) {
    firstLayer(at);
  } else {
    let layer = layers[k];
    let before = halfOf(at, k - 1u);
    let after = halfOf(at, k);
    for (var j: u32 = at.lane; j < layer.outputs; j += LANES) {
      let z = addInputs(layer, j, before, 0u, layer.inputs, vec4f(parameters[layer.biases + j]));
      store(after + j, activate(layer, j, z));
    }
  }
  barrier();
}
