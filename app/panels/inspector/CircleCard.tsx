import { useId, useState } from 'react';
import { formatNumber } from '../../format.ts';
import shared from '../../styles/shared.module.css';
import styles from './CircleCard.module.css';
import type { CircleSummary } from './CircleList.tsx';
import { NumberField } from './NumberField.tsx';

export interface CircleLimits {
  readonly rMin: number;
  readonly rMax: number;
  /** Least and greatest radius of the slider; other radii are typed. */
  readonly slider: readonly [number, number];
  /** Centres lie in [−reach, reach]². */
  readonly reach: number;
}

interface CircleCardProps {
  readonly circle: Pick<CircleSummary, 'id' | 'x' | 'y' | 'r'>;
  readonly limits: CircleLimits;
  readonly onRadius: (id: number, r: number) => void;
  readonly onMove: (id: number, x: number, y: number) => void;
}

const STEPS = 400;

/** An arrow key moves the centre by this share of the radius, and changes the radius by this factor. */
const SHIFT = 0.1;
const GROW = 1.1;

/** Centre and radius of one circle; the slider is logarithmic, since C rises over decades of r. */
export function CircleCard({ circle, limits, onRadius, onMove }: CircleCardProps) {
  const { id, x, y, r } = circle;
  const { rMin, rMax, reach } = limits;
  const [sliderMin, sliderMax] = limits.slider;
  const slider = useId();
  const problemId = useId();
  const [problem, setProblem] = useState<{ field: 'x' | 'y' | 'r'; text: string } | null>(null);
  const decades = Math.log(sliderMax / sliderMin);
  const position = Math.round(
    (STEPS * Math.log(Math.min(sliderMax, Math.max(sliderMin, r)) / sliderMin)) / decades,
  );
  const problemOf = (field: 'x' | 'y' | 'r') => ({
    onProblem: (text: string | null) => setProblem(text === null ? null : { field, text }),
    problemId: problem?.field === field ? problemId : null,
  });
  const shift = (from: number, direction: 1 | -1) => from + direction * SHIFT * r;
  return (
    <div className={styles.card}>
      <div className={styles.radius}>
        <label htmlFor={slider}>Radius</label>
        <input
          id={slider}
          type="range"
          min={0}
          max={STEPS}
          value={position}
          aria-valuetext={formatNumber(r)}
          onChange={(event) => {
            setProblem(null);
            const radius = sliderMin * Math.exp((decades * Number(event.target.value)) / STEPS);
            onRadius(id, Number(radius.toPrecision(3)));
          }}
        />
        <NumberField
          label="r"
          value={r}
          min={rMin}
          max={rMax}
          onChange={(value) => onRadius(id, value)}
          onArrow={(from, direction) => from * GROW ** direction}
          {...problemOf('r')}
        />
      </div>
      <div className={styles.centre}>
        <span className={shared.note}>Centre</span>
        <NumberField
          label="x"
          value={x}
          min={-reach}
          max={reach}
          onChange={(value) => onMove(id, value, y)}
          onArrow={shift}
          {...problemOf('x')}
        />
        <NumberField
          label="y"
          value={y}
          min={-reach}
          max={reach}
          onChange={(value) => onMove(id, x, value)}
          onArrow={shift}
          {...problemOf('y')}
        />
      </div>
      {problem && (
        <p className={shared.problem} id={problemId} role="status">
          {problem.text}
        </p>
      )}
    </div>
  );
}
