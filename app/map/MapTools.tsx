import { type ReactNode, useId } from 'react';
import { schema } from '../../src/settings/schema.ts';
import { ActionButton } from '../panels/ActionButton.tsx';
import type { Tool } from '../session/state.ts';
import { ZOOM_STEP } from '../session/view.ts';
import shared from '../styles/shared.module.css';
import { useActions, useSessionState } from '../useSession.ts';
import styles from './MapTools.module.css';

const TOOLS: readonly {
  readonly tool: Tool;
  readonly name: string;
  readonly says: string;
  readonly icon: ReactNode;
}[] = [
  {
    tool: 'circle',
    name: 'Circle',
    says: 'A press on the map places a circle',
    icon: <circle cx={8} cy={8} r={6} />,
  },
  {
    tool: 'inspect',
    name: 'Inspect',
    says: 'A press on the map pins a region: the card on it stays until Escape. With Circle, hold Alt or Shift for that',
    icon: <path d="M2.5,4L9,1.5L14,7L10.5,14L3.5,12.5Z" />,
  },
];

/** What a press on the map does. */
function Tools() {
  const { setTool } = useActions();
  const chosen = useSessionState((s) => s.tool);
  const group = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className={shared.visuallyHidden}>A press on the map</legend>
      {TOOLS.map(({ tool, name, says, icon }) => (
        <label key={tool} title={says}>
          <input
            type="radio"
            className={shared.visuallyHidden}
            name={group}
            checked={chosen === tool}
            onChange={() => setTool(tool)}
          />
          <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
            {icon}
          </svg>
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** On the edge of the map: how much of the plane it shows, and what a press on it does. */
export function MapTools() {
  const { change, zoom } = useActions();
  const home = schema.view.initial;
  const away = useSessionState(
    (s) => schema.view.write(s.settings.view) !== schema.view.write(home),
  );
  return (
    <div className={styles.tools} data-testid="map-tools">
      <div className={styles.zoom}>
        <button type="button" aria-label="Zoom in" title="Zoom in" onClick={() => zoom(ZOOM_STEP)}>
          +
        </button>
        <button
          type="button"
          aria-label="Zoom out"
          title="Zoom out"
          onClick={() => zoom(1 / ZOOM_STEP)}
        >
          −
        </button>
        <ActionButton
          aria-label="Whole view"
          title="Whole view"
          disabled={!away}
          onClick={() => change({ view: home })}
        >
          ⤢
        </ActionButton>
      </div>
      <Tools />
    </div>
  );
}
