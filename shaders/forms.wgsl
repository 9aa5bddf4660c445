// Linear forms that go back through the layers of CROWN, in rounds of eight neurons: sixteen forms side by side in four
// entries, so that a weight is read once for all of them. An invocation has inputs t of a layer and takes their sums
// Σ_i c_i W_it over its neurons; what it adds up for the bound itself stays in it until the forms reach the first layer. A half of the
// tile is the sixteen forms; behind the two halves:
//
//     heads    (a, g, 1 where it moves in the ball, at least |X|) of the layer before, where X is within g of a
//     boxes    (lo, hi, what the layer's dot products are relative to, 1 where it moves) of the layer at hand
//     centres  (A, its error) of the first layer
//     list     the neurons of the layer at hand that get forms
//     lines    (upper slope, lower slope, upper offset, size) of all neurons: a form may be off by γ·size per coefficient

const QUADS: u32 = 4u;
const NEURONS: u32 = 8u;
override SCANS: u32 = min(LANES, 8u);

fn formAt(place: Place, half: u32, quad: u32) -> u32 {
  return place.base + (half * QUADS + quad) * WIDTH;
}

// Rows behind the forms; the last has room for all neurons.
const HEADS: u32 = 0u;
const BOXES: u32 = 1u;
const CENTRES: u32 = 2u;
const LIST: u32 = 3u;
const LINES: u32 = 4u;

fn rowAt(place: Place, row: u32) -> u32 {
  return place.base + (2u * QUADS + row) * WIDTH;
}

// Sums that rounding in any order may have changed by this much, relative to their terms' sizes, besides those over the
// neurons of a layer: over layers in one invocation, over invocations, and the last few.
fn tally() -> f32 {
  let terms = job.hidden * ((WIDTH + LANES - 1u) / LANES) + LANES / SCANS + SCANS + 24u;
  return f32(terms) * UNIT;
}

// κ_c: sums of terms that are not negative, over all neurons.
fn inflation(layer: Layer) -> f32 {
  return layer.kappa * (1.0 + 4.0 * (f32(job.neurons) + 16.0) * UNIT);
}

// What sixteen forms add up to, in one invocation: constants, and terms that are not negative.
struct Gathered {
  constants: mat4x4f,
  slack: mat4x4f,
}

fn slackOf(form: vec4f, relaxed: vec4f, line: vec4f, noise: f32) -> vec4f {
  // The last term is what flushing may lose of a coefficient here and in the layer before.
  return max(form, vec4f(0.0)) * line.z + abs(relaxed) * noise
    + vec4f(4.0 * job.eta * (1.0 + line.w));
}

fn relax(form: vec4f, line: vec4f) -> vec4f {
  return form * select(vec4f(line.y), vec4f(line.x), form > vec4f(0.0));
}

// The forms meet the lines of neuron i of layer q: its coefficients come to stand in a half of the tile.
fn meet(place: Place, q: u32, i: u32, forms: mat4x4f, half: u32, sums: ptr<function, Gathered>) {
  let layer = layers[q];
  let line = load(rowAt(place, LINES) + layer.firstNeuron + i);
  var constant: f32 = parameters[layer.biases + i];
  var noise: f32 = (layer.nextGamma + tally()) * line.w;
  if (q == 0u) {
    let centre = load(rowAt(place, CENTRES) + i);
    constant = centre.x;
    noise += centre.y;
  }
  let relaxed = mat4x4f(
    relax(forms[0], line),
    relax(forms[1], line),
    relax(forms[2], line),
    relax(forms[3], line),
  );
  (*sums).constants += constant * relaxed;
  (*sums).slack += mat4x4f(
    slackOf(forms[0], relaxed[0], line, noise),
    slackOf(forms[1], relaxed[1], line, noise),
    slackOf(forms[2], relaxed[2], line, noise),
    slackOf(forms[3], relaxed[3], line, noise),
  );
  keep(place, half, i, relaxed);
}

fn keep(place: Place, half: u32, i: u32, forms: mat4x4f) {
  store(formAt(place, half, 0u) + i, forms[0]);
  store(formAt(place, half, 1u) + i, forms[1]);
  store(formAt(place, half, 2u) + i, forms[2]);
  store(formAt(place, half, 3u) + i, forms[3]);
}

fn kept(place: Place, half: u32, i: u32) -> mat4x4f {
  return mat4x4f(
    load(formAt(place, half, 0u) + i),
    load(formAt(place, half, 1u) + i),
    load(formAt(place, half, 2u) + i),
    load(formAt(place, half, 3u) + i),
  );
}

// Σ_i c_i W_it over the neurons i of a layer.
fn carry(place: Place, layer: Layer, t: u32, half: u32) -> mat4x4f {
  var forms: mat4x4f = mat4x4f();
  for (var i: u32 = 0u; i < layer.outputs; i++) {
    forms += parameters[layer.weights + t * layer.outputs + i] * kept(place, half, i);
  }
  return forms;
}

fn squareOf(g: mat4x4f) -> mat4x4f {
  return mat4x4f(g[0] * g[0], g[1] * g[1], g[2] * g[2], g[3] * g[3]);
}

// This invocation's share of ‖Σ c_i L_i‖² over the first layer, whose forms stand in `half`; the other half is free. Few
// columns are shared by several invocations each: neighbours take neighbouring neurons, whose weights lie side by side.
fn squares(place: Place, half: u32) -> mat4x4f {
  let first = layers[0];
  let shares = select(1u, SCANS, job.columns * SCANS <= LANES);
  var sum: mat4x4f = mat4x4f();
  for (var column: u32 = place.lane / shares; column < job.columns; column += LANES / shares) {
    var g: mat4x4f = mat4x4f();
    for (var i: u32 = place.lane % shares; i < first.outputs; i += shares) {
      g += firstCoordinate(first, i, column) * kept(place, half, i);
    }
    if (shares > 1u) {
      keep(place, 1u - half, place.lane, g);
    } else {
      sum += squareOf(g);
    }
  }
  if (shares > 1u) {
    barrier();
    if (place.lane < job.columns) {
      var g: mat4x4f = mat4x4f();
      for (var s: u32 = 0u; s < shares; s++) {
        g += kept(place, 1u - half, place.lane * shares + s);
      }
      sum = squareOf(g);
    }
  }
  return sum;
}

// The eight neurons of a round; past the end of the list, some neuron whose result is ignored.
fn chosen(place: Place, at: u32, count: u32) -> u32 {
  return select(0u, loadWords(rowAt(place, LIST) + at).x, at < count);
}

fn fourChosen(place: Place, at: u32, count: u32) -> vec4u {
  return vec4u(
    chosen(place, at, count),
    chosen(place, at + 1u, count),
    chosen(place, at + 2u, count),
    chosen(place, at + 3u, count),
  );
}

fn fourWeights(layer: Layer, i: u32, neurons: vec4u) -> vec4f {
  let at = vec4u(layer.weights + i * layer.outputs) + neurons;
  return vec4f(parameters[at.x], parameters[at.y], parameters[at.z], parameters[at.w]);
}

// Bounds eight neurons of layer k ≥ 1 by forms, and narrows their boxes.
fn bound(place: Place, k: u32, start: u32, count: u32, r: f32) {
  let layer = layers[k];
  var sums: Gathered = Gathered(mat4x4f(), mat4x4f());
  let some = fourChosen(place, start, count);
  let others = fourChosen(place, start + 4u, count);
  var half: u32 = 0u;
  for (var q: u32 = k; q > 0u; q--) {
    for (var t: u32 = place.lane; t < layers[q].inputs; t += LANES) {
      var forms: mat4x4f = mat4x4f();
      if (q == k) {
        let one = fourWeights(layer, t, some);
        let two = fourWeights(layer, t, others);
        forms = mat4x4f(one, two, -one, -two);
      } else {
        forms = carry(place, layers[q], t, half);
      }
      meet(place, q - 1u, t, forms, 1u - half, &sums);
    }
    half = 1u - half;
    barrier();
  }
  let norms = squares(place, half);
  barrier();

  // All invocations' shares: some go through a part of them each, and then one per neuron.
  let factor = inflation(layer);
  keep(place, 0u, place.lane, sums.constants + factor * sums.slack);
  keep(place, 1u, place.lane, norms);
  barrier();
  for (var w: u32 = place.lane; w < 2u * QUADS * SCANS; w += LANES) {
    let row = formAt(place, 0u, w / SCANS) + w % SCANS;
    var sum: vec4f = vec4f(0.0);
    for (var s: u32 = 0u; s < LANES; s += SCANS) {
      sum += load(row + s);
    }
    store(row, sum);
  }
  barrier();
  for (var f: u32 = place.lane; f < min(NEURONS, count - min(count, start)); f += LANES) {
    let j = chosen(place, start + f, count);
    let bias = parameters[layer.biases + j];
    let at = rowAt(place, BOXES) + j;
    let box = load(at);
    let own = factor * ((layer.gamma + tally()) * box.z);
    let above = bias + total(place, f / 4u, f % 4u, r, factor) + own;
    let below = -bias + total(place, 2u + f / 4u, f % 4u, r, factor) + own;
    store(at, vec4f(max(box.x, -below), min(box.y, above), box.z, box.w));
  }
  barrier();
}

// The largest value of a form in the ball, without the neuron's own bias.
fn total(place: Place, quad: u32, component: u32, r: f32, factor: f32) -> f32 {
  var value: f32 = 0.0;
  var square: f32 = job.eta;
  for (var s: u32 = 0u; s < SCANS; s++) {
    value += load(formAt(place, 0u, quad) + s)[component];
    square += load(formAt(place, 1u, quad) + s)[component];
  }
  return value + factor * (r * sqrt(square));
}
