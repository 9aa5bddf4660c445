import { ChartStrip } from '../charts/ChartStrip.tsx';
import { useStore } from '../store/store.ts';

export function ChartsPanel() {
  const { steps, series } = useStore((s) => s.history);
  return (
    <div className="charts-panel">
      <ChartStrip steps={steps} series={series} />
    </div>
  );
}
