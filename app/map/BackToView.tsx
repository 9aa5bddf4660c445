import type { View } from '../../src/settings/compound.ts';
import { schema } from '../../src/settings/schema.ts';
import { change } from '../engine/run.ts';
import { useStore } from '../store/store.ts';

/** A button back to the view `home`, on the map as long as that shows another. */
export function BackToView({
  home,
  label,
  onBack,
}: {
  home: View;
  label: string;
  /** The button is about to go: whoever pressed it by keyboard needs another place to be at. */
  onBack?: () => void;
}) {
  const away = useStore((s) => schema.view.write(s.settings.view) !== schema.view.write(home));
  if (!away) return null;
  const back = () => {
    onBack?.();
    change({ view: home });
  };
  return (
    <button type="button" className="back-to-view" onClick={back}>
      {label}
    </button>
  );
}
