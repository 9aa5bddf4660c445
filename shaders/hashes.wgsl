// 64-bit hashes of the activation patterns of a batch of points, `[count × 2]`, low word first: the function of
// src/compute/reference/patterns.ts, exactly.

@group(0) @binding(5) var<storage, read_write> results: array<u32>;

fn rotate(x: vec4u, by: u32) -> vec4u {
  return (x << vec4u(by)) | (x >> vec4u(32u - by));
}

fn finish(mixed: vec4u) -> vec4u {
  var h: vec4u = mixed;
  h = (h ^ (h >> vec4u(16u))) * 0x85ebca6bu;
  h = (h ^ (h >> vec4u(13u))) * 0xc2b2ae35u;
  return h ^ (h >> vec4u(16u));
}

// One half of the hashes of the four patterns.
fn hash(at: Place, seed: u32, c1: u32, c2: u32) -> vec4u {
  var h: vec4u = vec4u(seed);
  for (var w: u32 = 0u; w < patternWords(); w++) {
    let k = rotate(loadWords(wordAt(at, w)) * c1, 15u) * c2;
    h = rotate(h ^ k, 13u) * 5u + 0xe6546b64u;
  }
  return finish(h ^ vec4u(patternWords()));
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = placeOf(group, groups, local);
  patternsOf(at);
  if (at.lane == 0u) {
    let low = hash(at, 0x243f6a88u, 0xcc9e2d51u, 0x1b873593u);
    let high = hash(at, 0x85a308d3u, 0x239b961bu, 0xab0e9789u);
    for (var p: u32 = 0u; p < existing(at); p++) {
      let to = 2u * (at.tile * POINTS + p);
      results[to] = low[p];
      results[to + 1u] = high[p];
    }
  }
}
