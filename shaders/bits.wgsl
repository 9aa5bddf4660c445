// The activation patterns of four points, in words after the two halves of the tile: bit i of word w is z > 0 for the
// neuron with flat index 32 w + i, and 1 if that has slope 1, which is known from the post-activation too. A bit whose |z| is
// within rounding of zero is that of the 32-bit number.

fn patternWords() -> u32 {
  return (job.neurons + 31u) / 32u;
}

// Word w of the four patterns.
fn wordAt(at: Place, w: u32) -> u32 {
  return at.base + 2u * WIDTH + w;
}

// Adds the bits of hidden layer k. A word may begin in the layer before.
fn gather(k: u32, at: Place) {
  let first = layers[k].firstNeuron;
  let end = first + layers[k].outputs;
  for (var w: u32 = first / 32u + at.lane; w * 32u < end; w += LANES) {
    var bits: vec4u = vec4u(0u);
    if (w * 32u < first) {
      bits = loadWords(wordAt(at, w));
    }
    for (var bit: u32 = max(first, w * 32u); bit < min(end, w * 32u + 32u); bit++) {
      let j = bit - first;
      let on = isOn(slopeOf(layers[k], j), load(halfOf(at, k) + j));
      bits |= select(vec4u(0u), vec4u(1u << (bit % 32u)), on);
    }
    storeWords(wordAt(at, w), bits);
  }
}

// The whole patterns.
fn patternsOf(at: Place) {
  for (var k: u32 = 0u; k < job.hidden; k++) {
    propagate(k, at);
    gather(k, at);
  }
  barrier();
}
