// The zonotope domain (DeepZ, Singh et al. 2018) begun with an ℓ2 ball, src/bounds/zonotope.ts: a neuron that may switch
// lies within μ of the line s z + μ and gets a column of H to itself, with the one entry μ, beside its rows of L and H
// times s. Any s from the slope to 1 does, since σ(z) − s z is convex, 0 at 0, and at most 2μ at both ends.
//
// The entry stands in the fourth place of the first row, and becomes a column when the next layer's dot products are
// taken: one product, and only columns that are there take part in the sums. All invocations of a tile come to the same
// columns in the same order, so that nothing has to be agreed on and bits repeat. The tail of the tile says how many rows
// of each half are in use.

const ENDS_AT_BENT: bool = false;

fn rowsEntry(place: Place, k: u32) -> u32 {
  return place.base + 2u * ROWS * WIDTH + k % 2u;
}

fn sizeOf(l: vec4f) -> f32 {
  return dot(abs(l), vec4f(1.0));
}

fn spreadOf(k: u32, place: Place, j: u32) -> Spread {
  let layer = layers[k];
  let before = place.base + (k % 2u) * ROWS * WIDTH;
  let after = place.base + ((k + 1u) % 2u) * ROWS * WIDTH;
  let first = 1u + (job.columns + 3u) / 4u;
  var rows: u32 = first;
  var size: f32 = 0.0;
  if (k > 0u) {
    let known = loadWords(rowsEntry(place, k)).x;
    // Four rows for each weight that is read, while there are so many.
    for (; rows + 4u <= known; rows += 4u) {
      let source = before + rows * WIDTH;
      var l0: vec4f = vec4f(0.0);
      var l1: vec4f = vec4f(0.0);
      var l2: vec4f = vec4f(0.0);
      var l3: vec4f = vec4f(0.0);
      for (var i: u32 = 0u; i < layer.inputs; i++) {
        let w = parameters[layer.weights + i * layer.outputs + j];
        l0 += w * load(source + i);
        l1 += w * load(source + WIDTH + i);
        l2 += w * load(source + 2u * WIDTH + i);
        l3 += w * load(source + 3u * WIDTH + i);
      }
      let to = after + rows * WIDTH + j;
      store(to, l0);
      store(to + WIDTH, l1);
      store(to + 2u * WIDTH, l2);
      store(to + 3u * WIDTH, l3);
      size += (sizeOf(l0) + sizeOf(l1)) + (sizeOf(l2) + sizeOf(l3));
    }
    for (; rows < known; rows++) {
      let l = laterGradient(layer, j, before + rows * WIDTH);
      store(after + rows * WIDTH + j, l);
      size += sizeOf(l);
    }
    var columns: u32 = 0u;
    var fresh: vec4f = vec4f(0.0);
    for (var i: u32 = 0u; i < layer.inputs; i++) {
      let mu = load(before + i).w;
      if (mu > 0.0) {
        fresh = vec4f(fresh.yzw, mu * parameters[layer.weights + i * layer.outputs + j]);
        columns += 1u;
        if (columns % 4u == 0u) {
          store(after + rows * WIDTH + j, fresh);
          size += sizeOf(fresh);
          rows += 1u;
          fresh = vec4f(0.0);
        }
      }
    }
    if (columns % 4u > 0u) {
      store(after + rows * WIDTH + j, fresh);
      size += sizeOf(fresh);
      rows += 1u;
    }
  }
  if (j == 0u) {
    storeWords(rowsEntry(place, k + 1u), vec4u(rows, 0u, 0u, 0u));
  }
  // As many roundings as H has columns, and some.
  return Spread((1.0 + 4.0 * (f32(job.neurons) + 16.0) * UNIT) * size, rows);
}

fn keeps(layer: Layer, z: Found, sigma: f32) -> Handed {
  let a = sigma * z.A;
  let g = layer.kappa * (abs(sigma) * z.e + layer.nextGamma * (abs(a) + abs(sigma) * (z.h + z.s)));
  return Handed(vec4f(a, g, 1.0, 0.0), sigma);
}

fn bends(layer: Layer, z: Found) -> Handed {
  let above = max(z.reach + z.A, 0.0);
  let below = max(z.reach - z.A, 0.0);
  let s = clamp((above + z.slope * below) / (2.0 * z.reach), z.slope, 1.0);
  let mu = layer.kappa * (0.5 * max((s - z.slope) * below, (1.0 - s) * above));
  let blur = layer.nextGamma * (abs(z.A) + z.reach + 2.0 * mu);
  return Handed(vec4f(s * z.A + mu, layer.kappa * (abs(s) * z.e + blur), 1.0, mu), s);
}
