import { memo } from 'react';
import { useSize } from '../../charts/useSize.ts';
import styles from './RegionCard.module.css';

interface PatternRowsProps {
  /** Bits of every hidden layer. */
  readonly pattern: readonly ArrayLike<number>[];
  /** Least distance of two squares, in pixels: below it a layer takes several lines. */
  readonly finest?: number;
}

/** Lines that belong to one layer are whole groups of so many neurons, so that they can be counted. */
const GROUP = 8;

/**
 * An activation pattern as one row of squares per layer: filled is on, hollow is off. A layer that is too wide for
 * one line is a block of several, and then blocks are separated.
 */
export const PatternRows = memo(function PatternRows({ pattern, finest = 4 }: PatternRowsProps) {
  const [ref, { width, em }] = useSize<HTMLDivElement>();
  const widest = Math.max(1, ...pattern.map((bits) => bits.length));
  const left = Math.round(em * 1.6);
  const room = Math.max(1, width - left);
  const fit = Math.max(1, Math.floor(room / finest));
  const wraps = widest > fit;
  // Lines as even as groups allow: 64 neurons as 32 and 32, not as 56 and 8.
  const lineCount = Math.ceil(widest / Math.max(1, fit - (fit % GROUP)));
  const perRow = wraps ? Math.min(fit, GROUP * Math.ceil(widest / lineCount / GROUP)) : widest;
  const pitch = Math.min(15, Math.max(finest, Math.floor(room / perRow)));
  const side = pitch > 6 ? pitch - 4 : pitch - 1;
  const apart = wraps ? Math.round(em * 0.5) : 0;
  let y = -apart;
  const rows = pattern.map((bits) => {
    y += apart;
    const lines = Math.ceil(bits.length / perRow) * pitch;
    const height = Math.max(lines, Math.round(em * 1.3));
    const top = y + Math.floor((height - lines) / 2);
    const middle = y + height / 2;
    y += height;
    let on = '';
    let off = '';
    for (let j = 0; j < bits.length; j++) {
      const at = `M${left + (j % perRow) * pitch},${top + Math.floor(j / perRow) * pitch + (pitch - side) / 2}`;
      if (bits[j]) on += `${at}h${side}v${side}h${-side}z`;
      else off += `${at}m.5,.5h${side - 1}v${side - 1}h${1 - side}z`;
    }
    return { middle, on, off };
  });
  const words = pattern.map((bits, k) => {
    const active = Array.from(bits).filter((bit) => bit !== 0).length;
    return `layer ${k + 1}: ${active} of ${bits.length} on`;
  });
  return (
    <div className={styles.pattern} ref={ref}>
      {width > 0 && (
        <svg width={width} height={y} role="img" aria-label={`Pattern, ${words.join(', ')}`}>
          {rows.map(({ middle, on, off }, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its index
            <g key={k}>
              <text x={0} y={middle} dominantBaseline="central">
                {k + 1}
              </text>
              <path className={styles.off} d={off} />
              <path className={styles.on} d={on} />
            </g>
          ))}
        </svg>
      )}
    </div>
  );
});
