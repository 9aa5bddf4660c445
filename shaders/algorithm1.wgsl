// Algorithm 1 of Zhu, Lin & Tang (2020), guarded (src/bounds/recursion.ts): the gradient L ends where a bent input comes
// in, and from there on g holds all that a neuron may deviate from a. A neuron that may switch, or is behind one that
// does, is bent: its mark in the fourth place of the first row.

const ENDS_AT_BENT: bool = true;

fn spreadOf(k: u32, place: Place, j: u32) -> Spread {
  return Spread(0.0, ROWS);
}

fn keeps(layer: Layer, z: Found, sigma: f32) -> Handed {
  let a = sigma * z.A;
  if (z.bent) {
    return Handed(vec4f(a, layer.kappa * (abs(sigma) * z.reach + layer.nextGamma * abs(a)), 1.0, 1.0), 0.0);
  }
  let g = layer.kappa * (abs(sigma) * z.e + layer.nextGamma * (abs(a) + abs(sigma) * z.h));
  return Handed(vec4f(a, g, 1.0, 0.0), sigma);
}

fn bends(layer: Layer, z: Found) -> Handed {
  let sigma = select(z.slope, 1.0, z.A > 0.0);
  var reach: f32 = z.reach;
  if (z.A < 0.0) {
    // U_raw + (1 − |slope|)·A as a sum of terms that are not negative; no less than |slope| U_raw, since U_raw ≥ |A|.
    reach = layer.kappa * (max(z.reach + z.A, 0.0) + abs(z.slope) * abs(z.A));
  }
  // |A| where |a| would do also covers a reordering of that sum.
  return Handed(vec4f(sigma * z.A, layer.kappa * (reach + layer.nextGamma * abs(z.A)), 1.0, 1.0), 0.0);
}
