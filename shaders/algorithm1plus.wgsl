// Algorithm 1 with remainders of both signs (src/bounds/algorithmOnePlus.ts), with the centre and radius of an interval
// for its ends: a neuron that is stable keeps its L and the remainder, which g holds, beside it.

const ENDS_AT_BENT: bool = false;

fn spreadOf(k: u32, place: Place, j: u32) -> Spread {
  return Spread(0.0, ROWS);
}

fn keeps(layer: Layer, z: Found, sigma: f32) -> Handed {
  let a = sigma * z.A;
  let g = layer.kappa * (abs(sigma) * z.e + layer.nextGamma * (abs(a) + abs(sigma) * z.h));
  return Handed(vec4f(a, g, 1.0, 0.0), sigma);
}

fn bends(layer: Layer, z: Found) -> Handed {
  return boxed(layer, z);
}
