import { useMemo } from 'react';
import { ChartStrip } from '../charts/ChartStrip.tsx';
import { columnsOf } from '../charts/history.ts';
import { useStore } from '../store/store.ts';

export function ChartsPanel() {
  const history = useStore((s) => s.history);
  const { steps, series } = useMemo(() => columnsOf(history), [history]);
  const beyond = useStore((s) =>
    s.boxCount && s.boxCount.run === s.frame?.run && !s.boxCount.complete
      ? s.boxCount.activationRegions
      : null,
  );
  return (
    <div className="charts-panel">
      <ChartStrip steps={steps} series={series} beyond={beyond} />
    </div>
  );
}
