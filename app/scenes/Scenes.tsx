import { useId } from 'react';
import { useDark } from '../useDark.ts';
import { useActions, useSessionState } from '../useSession.ts';
import { openScene } from './openScene.ts';
import { type Scene, scenes } from './registry.ts';
import styles from './Scenes.module.css';

export { Caption } from './Caption.tsx';

/** Both themes' pictures: a page that has been left alone by its host can still change its theme. */
const THEMES = ['light', 'dark'] as const;

interface PictureProps {
  readonly scene: Scene;
  readonly open: boolean;
  readonly ready: boolean;
  readonly onOpen: () => void;
}

function Picture({ scene, open, ready, onOpen }: PictureProps) {
  const actions = useActions();
  const title = useId();
  const dark = useDark();
  const [{ hash, line }] = scene.views;
  return (
    <button
      type="button"
      className={styles.picture}
      aria-labelledby={title}
      aria-current={open || undefined}
      title={line}
      onClick={() => {
        actions.openScene(hash, scene.plays === true);
        onOpen();
      }}
    >
      <span className={styles.frame}>
        {ready &&
          THEMES.map((theme) => (
            <img
              key={theme}
              src={`./scenes/${scene.key}-${theme}.webp`}
              alt={line}
              width={200}
              height={140}
              decoding="async"
              hidden={dark !== (theme === 'dark')}
            />
          ))}
      </span>
      <span id={title}>{scene.title}</span>
    </button>
  );
}

/** Pictures of networks worth seeing; one that is pressed opens its link, and then `onOpen` is called. */
export function Scenes({ onOpen }: Pick<PictureProps, 'onOpen'>) {
  const heading = useId();
  const open = useSessionState(openScene);
  // They are not needed before the map is there, and nothing is fetched later.
  const ready = useSessionState((s) => s.picture !== null);
  return (
    <section className={styles.scenes} aria-labelledby={heading} data-testid="scenes">
      <h2 id={heading}>Start from a scene</h2>
      <ul className={styles.grid}>
        {scenes.map((scene) => (
          <li key={scene.key}>
            <Picture scene={scene} open={scene === open?.scene} ready={ready} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}
