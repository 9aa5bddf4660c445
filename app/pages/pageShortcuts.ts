import { schema } from '../../src/settings/schema.ts';
import { isBusy, playAction } from '../panels/Transport.tsx';
import { ZOOM_STEP } from '../session/view.ts';
import { useShortcut } from '../shortcuts.tsx';
import { useSession, useSessionState } from '../useSession.ts';

/** The shortcuts that do on the whole page what a button of it does. */
export function usePageShortcuts(): void {
  const { store, actions } = useSession();
  const status = () => store.getState().frame?.status ?? 'paused';
  const advance = (unit: 'step' | 'epoch') => {
    if (!isBusy(status()) && status() !== 'diverged') actions.advance(unit);
  };
  useShortcut('play', () => actions[playAction(status())[1]]());
  useShortcut('step', () => advance('step'));
  useShortcut('epoch', () => advance('epoch'));
  useShortcut('reset', actions.reset);
  useShortcut('weights', actions.newWeights);
  useShortcut('zoomIn', () => actions.zoom(ZOOM_STEP));
  useShortcut('zoomOut', () => actions.zoom(1 / ZOOM_STEP));
  useShortcut('wholeView', () => actions.change({ view: schema.view.initial }));
  useShortcut('add', actions.addCircleInView);
  useShortcut('circle', (key) => {
    const circle = store.getState().circles.at(Number(key) - 1);
    if (!circle) return false;
    actions.selectCircle(circle.id);
  });
  useShortcut('remove', () => {
    const { selected } = store.getState();
    if (selected === null) return false;
    actions.removeCircle(selected);
  });
  const marked = useSessionState((s) => s.focus !== null);
  useShortcut('close', () => actions.mark(null), marked);
}
