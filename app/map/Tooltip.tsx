import { useMemo } from 'react';
import { affineMap } from '../../src/regions/affineMap.ts';
import { faceArea } from '../../src/regions/geometry.ts';
import { patternLayers } from '../engine/describe.ts';
import { formatNumber } from '../format.ts';
import { useStore } from '../store/store.ts';
import type { Projection } from './projection.ts';

const GAP = 14;
const WIDTH = 216;
const HEIGHT = 120;

/** Beside the pointer: the neuron of the crease under it, and pattern, affine map and area of the region. */
export function Tooltip({ pointer, p }: { pointer: { px: number; py: number }; p: Projection }) {
  const picture = useStore((s) => s.picture);
  const face = useStore((s) => s.hoverFace);
  const highlight = useStore((s) => s.highlight);
  const facts = useMemo(() => {
    if (!picture || face === null || face >= picture.complex.faceCount) return null;
    const { A, b } = affineMap(picture.net, picture.complex, face);
    return { A, b, area: faceArea(picture.complex, face), layers: patternLayers(picture, face) };
  }, [picture, face]);
  if (!facts) return null;
  const left = pointer.px + GAP + WIDTH > p.width ? pointer.px - GAP - WIDTH : pointer.px + GAP;
  const top = pointer.py + GAP + HEIGHT > p.height ? pointer.py - GAP - HEIGHT : pointer.py + GAP;
  return (
    <div className="tooltip" style={{ left, top, width: WIDTH }} aria-hidden="true">
      {highlight && (
        <p className="crease">
          Crease of layer {highlight.layer + 1}, neuron {highlight.neuron + 1}
        </p>
      )}
      <div className="pattern">
        {facts.layers.map((bits, layer) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: layers have no other name than their place
          <span key={layer}>
            {Array.from(bits, (bit, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: neurons have no other name than their place
              <i key={i} className={bit ? 'on' : 'off'} />
            ))}
          </span>
        ))}
      </div>
      <p>
        f = {formatNumber(facts.A[0])} x {facts.A[1] < 0 ? '−' : '+'}{' '}
        {formatNumber(Math.abs(facts.A[1]))} y {facts.b[0] < 0 ? '−' : '+'}{' '}
        {formatNumber(Math.abs(facts.b[0]))}
      </p>
      <p className="muted">Area {formatNumber(facts.area)}</p>
    </div>
  );
}
