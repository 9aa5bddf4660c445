import { useSyncExternalStore } from 'react';
import { countTable, outputTable } from '../colour.ts';
import { formatNumber } from '../format.ts';
import { type FieldPicture, useStore } from '../store/store.ts';
import { fieldRange } from './drawField.ts';

/** A CSS gradient through a colour table. */
function gradient(table: Uint8ClampedArray): string {
  const stops = Array.from({ length: 9 }, (_, i) => {
    const entry = 4 * Math.round((i / 8) * 255);
    return `rgb(${table[entry]} ${table[entry + 1]} ${table[entry + 2]})`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const onSystemChange = (listener: () => void) => {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
};

/** Whether the page is dark, by choice or by following the system. */
function useDark(): boolean {
  const theme = useStore((s) => s.settings.theme);
  const system = useSyncExternalStore(onSystemChange, () => systemDark.matches);
  return theme === 'dark' || (theme === 'auto' && system);
}

function meaning({ kind, r }: FieldPicture): string {
  if (kind === 'bound')
    return `C, the exponent of Algorithm 1’s bound, in the ball of radius ${formatNumber(r)} around each pixel`;
  if (kind === 'distance')
    return 'Distance to the nearest crease: C is 0 for every ball that is smaller';
  return 'Output of the network: the logit of class 1';
}

/** What the colours of a field mean; nothing while regions are coloured by pattern. */
export function Legend() {
  const field = useStore((s) => s.field);
  const show = useStore((s) => s.settings.show);
  const dark = useDark();
  if (!field || field.kind !== show) return null;
  const [low, high] = fieldRange(field);
  const output = field.kind === 'output';
  return (
    <div className="legend">
      <span>{output ? `≤ ${formatNumber(low)}` : '0'}</span>
      <i style={{ background: gradient(output ? outputTable(dark) : countTable()) }} />
      <span>{output ? `≥ ${formatNumber(high)}` : formatNumber(high)}</span>
      <p>{meaning(field)}</p>
    </div>
  );
}
