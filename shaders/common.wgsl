// What all kernels share; it stands before each of them when they are compiled, behind the structs Job and Layer of
// src/compute/packed/structs.ts. A kernel declares `results`, its own way of writing them: `job.resultWords` words per
// point, all zero when it starts.
//
// LANES invocations work on one tile: what one layer passes to the next, in two halves that change
// places. A group has SLOTS tiles. They stand in workgroup memory, or in `scratch` where they do not fit.

override GROUP: u32 = 64;
override LANES: u32 = 64;
override SLOTS: u32 = 1;
// Entries in a row of a tile: at least the widest layer that stands in it.
override WIDTH: u32 = 1;
// Entries of one tile.
override TILE: u32 = 1;
// Entries of workgroup memory; 1 where the tiles stand in storage.
override SHARED: u32 = 1;
override IN_STORAGE: bool = false;

@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> layers: array<Layer>;
@group(0) @binding(2) var<storage, read> parameters: array<f32>;
@group(0) @binding(3) var<storage, read> points: array<f32>;
@group(0) @binding(4) var<storage, read> extra: array<u32>;
@group(0) @binding(6) var<storage, read_write> scratch: array<vec4u>;

var<workgroup> tiles: array<vec4u, SHARED>;

fn loadWords(at: u32) -> vec4u {
  if (IN_STORAGE) {
    return scratch[at];
  }
  return tiles[at];
}

fn storeWords(at: u32, value: vec4u) {
  if (IN_STORAGE) {
    scratch[at] = value;
  } else {
    tiles[at] = value;
  }
}

fn load(at: u32) -> vec4f {
  return bitcast<vec4f>(loadWords(at));
}

fn store(at: u32, value: vec4f) {
  storeWords(at, bitcast<vec4u>(value));
}

// The slope of σ for z ≤ 0 of neuron j; 1 where it has no crease.
fn slopeOf(layer: Layer, j: u32) -> f32 {
  return parameters[layer.slopes + j];
}

// Where an invocation works.
struct Place {
  lane: u32,
  // The tile's number in the whole dispatch, and where it begins.
  tile: u32,
  base: u32,
}

fn placeOf(group: vec3u, groups: vec3u, local: u32) -> Place {
  let first = (group.y * groups.x + group.x) * SLOTS;
  let slot = local / LANES;
  return Place(local % LANES, first + slot, (select(0u, first, IN_STORAGE) + slot) * TILE);
}

// All invocations of a group must come here together.
fn barrier() {
  storageBarrier();
  workgroupBarrier();
}
