// What all kernels share; it stands before each of them when they are compiled. A kernel declares WIDTH, TILE,
// IN_STORAGE and `scratch`, its own way of using them.

struct Job {
  count: u32,
  hidden: u32,
  dimension: u32,
  neurons: u32,
  resultWords: u32,
  slope: f32,
  eta: f32,
  columns: u32,
}

struct Layer {
  inputs: u32,
  outputs: u32,
  weights: u32,
  biases: u32,
  firstNeuron: u32,
  gamma: f32,
  nextGamma: f32,
  kappa: f32,
}

var<workgroup> tile: array<f32, TILE>;

fn load(at: u32) -> f32 {
  if (IN_STORAGE) {
    return scratch[at];
  }
  return tile[at];
}

fn store(at: u32, value: f32) {
  if (IN_STORAGE) {
    scratch[at] = value;
  } else {
    tile[at] = value;
  }
}
