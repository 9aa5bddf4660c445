import { useSyncExternalStore } from 'react';
import { useSessionState } from './useSession.ts';

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const forcedColours = window.matchMedia('(forced-colors: active)');
const onSystemChange = (listener: () => void) => {
  for (const query of [systemDark, forcedColours]) query.addEventListener('change', listener);
  return () => {
    for (const query of [systemDark, forcedColours]) query.removeEventListener('change', listener);
  };
};

/** Whether the page is dark, by choice or by following the system, as it always does in forced colours. */
export function useDark(): boolean {
  const theme = useSessionState((s) => s.settings.theme);
  const system = useSyncExternalStore(onSystemChange, () => systemDark.matches);
  const forced = useSyncExternalStore(onSystemChange, () => forcedColours.matches);
  return forced || theme === 'auto' ? system : theme === 'dark';
}
