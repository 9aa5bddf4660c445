// Activation patterns of a batch of points, `[count × words]`, words = ⌈neurons / 32⌉.

@group(0) @binding(5) var<storage, read_write> results: array<u32>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = placeOf(group, groups, local);
  patternsOf(at);
  for (var p: u32 = 0u; p < existing(at); p++) {
    for (var w: u32 = at.lane; w < patternWords(); w += LANES) {
      results[(at.tile * POINTS + p) * patternWords() + w] = loadWords(wordAt(at, w))[p];
    }
  }
}
