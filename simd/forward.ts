// Outputs f(x) of a chunk of points, `[count × outputs]`; the twin of shaders/forward.wgsl.

import { activate, listPoint } from './propagate';
import {
  biasesOf,
  countOf,
  dimensionOf,
  hiddenOf,
  layerAt,
  outputsOf,
  resultBytesOf,
  slopeOf,
  weightsOf,
} from './structs';
import { affine } from './sums';

/** `scratch` has room for the sums of the widest layer and the list of its inputs. */
export function forward(
  job: usize,
  layers: usize,
  parameters: usize,
  points: usize,
  results: usize,
  scratch: usize,
  width: u32,
): void {
  const d = dimensionOf(job);
  const hidden = hiddenOf(job);
  const list = scratch + (width << 2);
  for (let i: u32 = 0, n = countOf(job); i < n; i++) {
    let end = listPoint(points, d, outputsOf(layers), list);
    let layer = layers;
    for (let k: u32 = 0; k < hidden; k++) {
      const next = layerAt(layers, k + 1);
      const outputs = outputsOf(layer);
      affine(
        weightsOf(layer, parameters),
        biasesOf(layer, parameters),
        outputs,
        list,
        end,
        scratch,
      );
      end = activate(scratch, outputs, slopeOf(job), outputsOf(next), list);
      layer = next;
    }
    // Whole vectors: what goes past this point's results is written over by the next point's.
    affine(
      weightsOf(layer, parameters),
      biasesOf(layer, parameters),
      outputsOf(layer),
      list,
      end,
      results,
    );
    points += d << 2;
    results += resultBytesOf(job);
  }
}
