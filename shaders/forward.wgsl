// Outputs f(x) of a batch of points, `[count × outputs]`.

@group(0) @binding(5) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = placeOf(group, groups, local);
  for (var k: u32 = 0u; k <= job.hidden; k++) {
    propagate(k, at);
  }
  let outputs = layers[job.hidden].outputs;
  for (var p: u32 = 0u; p < existing(at); p++) {
    for (var j: u32 = at.lane; j < outputs; j += LANES) {
      results[(at.tile * POINTS + p) * outputs + j] = load(halfOf(at, job.hidden) + j)[p];
    }
  }
}
