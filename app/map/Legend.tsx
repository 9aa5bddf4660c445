import { useSyncExternalStore } from 'react';
import { countTable, outputTable } from '../colour.ts';
import { formatNumber } from '../format.ts';
import { useStore } from '../store/store.ts';
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

/** What the colours of a field mean; nothing while regions are coloured by pattern. */
export function Legend() {
  const field = useStore((s) => s.field);
  const show = useStore((s) => s.settings.show);
  const dark = useDark();
  if (!field || field.kind !== show) return null;
  const [low, high] = fieldRange(field);
  const bound = field.kind === 'bound';
  return (
    <div className="legend">
      <span>{bound ? '0' : `≤ ${formatNumber(low)}`}</span>
      <i style={{ background: gradient(bound ? countTable() : outputTable(dark)) }} />
      <span>{bound ? high : `≥ ${formatNumber(high)}`}</span>
      <p>
        {bound
          ? `C, the exponent of Algorithm 1’s bound, in the ball of radius ${formatNumber(field.r)} around each pixel`
          : 'Output of the network: the logit of class 1'}
      </p>
    </div>
  );
}
