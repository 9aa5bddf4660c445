// Gradients of pre-activations, four coordinates at a time; it stands before the kernels that carry them.
//
// Where points have more coordinates than the first layer has neurons, the gradients of that layer are the columns of a
// triangular factor R, W₁ᵀ = Q R, in `extra`, `[columns × outputs]`: lengths of their combinations are those of the
// rows of W₁, since Q is orthonormal.

fn firstCoordinate(layer: Layer, j: u32, column: u32) -> f32 {
  let at = column * layer.outputs + j;
  if (job.columns < job.dimension) {
    return bitcast<f32>(extra[at]);
  }
  return parameters[layer.weights + at];
}

fn firstGradient(layer: Layer, j: u32, column: u32) -> vec4f {
  var l: vec4f = vec4f(0.0);
  for (var c: u32 = 0u; c < min(4u, job.columns - column); c++) {
    l[c] = firstCoordinate(layer, j, column + c);
  }
  return l;
}

// Σ W L over the inputs, whose coordinates stand in the tile from `before` on.
fn laterGradient(layer: Layer, j: u32, before: u32) -> vec4f {
  var l: vec4f = vec4f(0.0);
  for (var i: u32 = 0u; i < layer.inputs; i++) {
    l += parameters[layer.weights + i * layer.outputs + j] * load(before + i);
  }
  return l;
}
