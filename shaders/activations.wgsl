// Post-activations σ(z) = max(z, slope z) of every hidden neuron of a batch of points, `[count × neurons]`, in flat order.

@group(0) @binding(5) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = placeOf(group, groups, local);
  for (var k: u32 = 0u; k < job.hidden; k++) {
    propagate(k, at);
    let layer = layers[k];
    for (var p: u32 = 0u; p < existing(at); p++) {
      let row = (at.tile * POINTS + p) * job.neurons + layer.firstNeuron;
      for (var j: u32 = at.lane; j < layer.outputs; j += LANES) {
        results[row + j] = load(halfOf(at, k) + j)[p];
      }
    }
  }
}
