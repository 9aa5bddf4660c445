import { type CSSProperties, useId } from 'react';
import { formatNumber } from '../../format.ts';
import { NumberField } from './NumberField.tsx';

/** A circle on the map with what is known of it so far. */
export interface CircleSummary {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
  /** Undecided neurons; null while Algorithm 1 is at work. */
  readonly C: number | null;
  /** Activation regions that meet the open disc; null while they are being counted. */
  readonly exact: number | null;
}

export interface CircleLimits {
  readonly rMin: number;
  readonly rMax: number;
  /** Centres lie in [−reach, reach]². */
  readonly reach: number;
}

interface CircleCardProps {
  readonly circle: CircleSummary;
  readonly limits: CircleLimits;
  readonly onRadius: (id: number, r: number) => void;
  readonly onMove: (id: number, x: number, y: number) => void;
}

const STEPS = 400;

/** Centre and radius of one circle; the slider is logarithmic, since C rises over decades of r. */
export function CircleCard({ circle, limits, onRadius, onMove }: CircleCardProps) {
  const { id, x, y, r } = circle;
  const { rMin, rMax, reach } = limits;
  const slider = useId();
  const decades = Math.log(rMax / rMin);
  const position = Math.round(
    (STEPS * Math.log(Math.min(rMax, Math.max(rMin, r)) / rMin)) / decades,
  );
  return (
    <div className="circle-card">
      <div className="circle-radius">
        <label htmlFor={slider}>Radius</label>
        <input
          id={slider}
          type="range"
          min={0}
          max={STEPS}
          value={position}
          aria-valuetext={formatNumber(r)}
          style={{ '--fill': `${(100 * position) / STEPS}%` } as CSSProperties}
          onChange={(event) => {
            const radius = rMin * Math.exp((decades * Number(event.target.value)) / STEPS);
            onRadius(id, Number(radius.toPrecision(3)));
          }}
        />
        <NumberField
          label="r"
          value={r}
          min={rMin}
          max={rMax}
          step={10 ** Math.floor(Math.log10(r) - 1)}
          onChange={(value) => onRadius(id, value)}
        />
      </div>
      <div className="circle-centre">
        <span className="note">Centre</span>
        <NumberField
          label="x"
          value={x}
          min={-reach}
          max={reach}
          step={0.01}
          onChange={(value) => onMove(id, value, y)}
        />
        <NumberField
          label="y"
          value={y}
          min={-reach}
          max={reach}
          step={0.01}
          onChange={(value) => onMove(id, x, value)}
        />
      </div>
    </div>
  );
}
