// The activation patterns of a batch of points beside that of a centre, whose words stand in `extra`: per point the
// words of the neurons that differ, how many those are, and the first hidden layer that has one, −1 where none has.

@group(0) @binding(5) var<storage, read_write> results: array<u32>;

fn layerOf(neuron: u32) -> u32 {
  var k: u32 = 0u;
  while (k + 1u < job.hidden && layers[k + 1u].firstNeuron <= neuron) {
    k++;
  }
  return k;
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = placeOf(group, groups, local);
  patternsOf(at);
  let words = patternWords();
  for (var p: u32 = 0u; p < existing(at); p++) {
    let row = (at.tile * POINTS + p) * job.resultWords;
    for (var w: u32 = at.lane; w < words; w += LANES) {
      results[row + w] = loadWords(wordAt(at, w))[p] ^ extra[w];
    }
  }
  // One invocation per point; what a single one needs is little beside the pass.
  for (var p: u32 = at.lane; p < existing(at); p += LANES) {
    var count: u32 = 0u;
    var first: u32 = 0xffffffffu;
    for (var w: u32 = 0u; w < words; w++) {
      let differs = loadWords(wordAt(at, w))[p] ^ extra[w];
      if (count == 0u && differs != 0u) {
        first = layerOf(32u * w + countTrailingZeros(differs));
      }
      count += countOneBits(differs);
    }
    let row = (at.tile * POINTS + p) * job.resultWords;
    results[row + words] = count;
    results[row + words + 1u] = first;
  }
}
