// Outputs f(x) of a batch of points. LANES invocations work on one point and share its post-activations; a group
// holds POINTS points. The two halves of a tile are the layer before and the layer at hand.

override GROUP: u32 = 64;
override LANES: u32 = 64;
override POINTS: u32 = 1;
// Numbers in one half of a point's tile: at least the width of every layer, the input included.
override WIDTH: u32 = 1;
// Numbers of workgroup memory; 1 where the tiles stand in storage.
override TILE: u32 = 1;
override IN_STORAGE: bool = false;

@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> layers: array<Layer>;
@group(0) @binding(2) var<storage, read> parameters: array<f32>;
@group(0) @binding(3) var<storage, read> points: array<f32>;
@group(0) @binding(4) var<storage, read_write> results: array<f32>;
@group(0) @binding(5) var<storage, read_write> scratch: array<f32>;

fn preActivation(layer: Layer, j: u32, before: u32) -> f32 {
  var z: f32 = parameters[layer.biases + j];
  for (var i: u32 = 0u; i < layer.inputs; i++) {
    z += parameters[layer.weights + i * layer.outputs + j] * load(before + i);
  }
  return z;
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let groupIndex = group.y * groups.x + group.x;
  let lane = local % LANES;
  let slot = local / LANES;
  let point = groupIndex * POINTS + slot;
  let exists = point < job.count;
  let input = min(point, job.count - 1u) * job.dimension;
  let base = (select(0u, groupIndex * POINTS, IN_STORAGE) + slot) * 2u * WIDTH;

  for (var i: u32 = lane; i < job.dimension; i += LANES) {
    store(base + i, points[input + i]);
  }
  for (var k: u32 = 0u; k < job.hidden; k++) {
    storageBarrier();
    workgroupBarrier();
    let layer = layers[k];
    let before = base + (k % 2u) * WIDTH;
    let after = base + ((k + 1u) % 2u) * WIDTH;
    for (var j: u32 = lane; j < layer.outputs; j += LANES) {
      let z = preActivation(layer, j, before);
      store(after + j, select(job.slope * z, z, z > 0.0));
    }
  }
  storageBarrier();
  workgroupBarrier();
  let last = layers[job.hidden];
  let before = base + (job.hidden % 2u) * WIDTH;
  for (var j: u32 = lane; j < last.outputs; j += LANES) {
    if (exists) {
      results[point * job.resultWords + j] = preActivation(last, j, before);
    }
  }
}
