import { useMemo } from 'react';
import { ChartStrip } from '../charts/ChartStrip.tsx';
import { columnsOf } from '../session/history.ts';
import { useActions, useSessionState } from '../useSession.ts';

export function ChartsPanel() {
  const history = useSessionState((s) => s.history);
  const { steps, series } = useMemo(() => columnsOf(history), [history]);
  const beyond = useSessionState((s) =>
    s.boxCount && s.boxCount.run === s.frame?.run && !s.boxCount.complete
      ? s.boxCount.activationRegions
      : null,
  );
  const { outlineSquare } = useActions();
  return <ChartStrip steps={steps} series={series} beyond={beyond} onSquare={outlineSquare} />;
}
