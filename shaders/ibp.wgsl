// Interval bound propagation with an exact first layer (src/bounds/intervals.ts), with the centre and radius of an
// interval for its ends. There is no L after the first layer: the tile has no rows for it.

const ENDS_AT_BENT: bool = false;

fn spreadOf(k: u32, place: Place, j: u32) -> Spread {
  return Spread(0.0, ROWS);
}

fn keeps(layer: Layer, z: Found, sigma: f32) -> Handed {
  let a = sigma * z.A;
  let g = layer.kappa * (abs(sigma) * z.reach + layer.nextGamma * abs(a));
  return Handed(vec4f(a, g, 1.0, 0.0), 0.0);
}

fn bends(layer: Layer, z: Found) -> Handed {
  return boxed(layer, z);
}
