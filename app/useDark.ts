import { useSyncExternalStore } from 'react';
import { useSessionState } from './useSession.ts';

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const onSystemChange = (listener: () => void) => {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
};

/** Whether the page is dark, by choice or by following the system. */
export function useDark(): boolean {
  const theme = useSessionState((s) => s.settings.theme);
  const system = useSyncExternalStore(onSystemChange, () => systemDark.matches);
  return theme === 'dark' || (theme === 'auto' && system);
}
