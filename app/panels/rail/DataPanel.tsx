import { schema } from '../../../src/settings/schema.ts';
import { countOf } from '../../format.ts';
import type { Tool } from '../../session/state.ts';
import shared from '../../styles/shared.module.css';
import { useActions, useSessionState } from '../../useSession.ts';
import { ActionButton } from '../ActionButton.tsx';
import { ChoiceControl } from './ChoiceControl.tsx';
import { RailGroup } from './RailGroup.tsx';
import styles from './rail.module.css';
import { NumberSetting } from './settingControls.tsx';
import { dataSummary } from './summaries.ts';

const TOOLS: readonly { key: Tool; label: string; mark?: string }[] = [
  { key: 'class-0', label: 'Blue', mark: '●' },
  { key: 'class-1', label: 'Orange', mark: '■' },
  { key: 'erase', label: 'Erase' },
  { key: 'circle', label: 'Done' },
];

function DrawingTools() {
  const { clearPoints, setTool } = useActions();
  const tool = useSessionState((s) => s.tool);
  const points = useSessionState((s) => s.settings.points.length);
  return (
    <div className={styles.drawing}>
      <p className={shared.muted}>
        {points === 0
          ? 'No points yet: choose a class and draw on the map with mouse, pen or finger.'
          : `${countOf(points, 'point')} drawn.`}
      </p>
      <fieldset className={`${shared.buttons} ${styles.below}`}>
        <legend className={shared.visuallyHidden}>Drawing tools</legend>
        {TOOLS.map(({ key, label, mark }) => (
          <button
            type="button"
            key={key}
            data-tool={key}
            aria-pressed={tool === key}
            onClick={() => setTool(key)}
          >
            {label} {mark && <span>{mark}</span>}
          </button>
        ))}
        <ActionButton className={shared.quiet} disabled={points === 0} onClick={clearPoints}>
          Clear
        </ActionButton>
      </fieldset>
    </div>
  );
}

export function DataPanel() {
  const { change, setTool } = useActions();
  const data = useSessionState((s) => s.settings.data);
  const summary = useSessionState((s) => dataSummary(s.settings));
  const drawn = data === 'drawn';
  return (
    <RailGroup
      name="data"
      title="Data"
      state={summary}
      more={
        <>
          <NumberSetting name="split" slider />
          <NumberSetting name="dseed" />
        </>
      }
    >
      <ChoiceControl
        field={schema.data}
        value={data}
        onChange={(next) => {
          change({ data: next });
          // A user who wants to draw should not have to look for the pencil.
          if (next === 'drawn') setTool('class-0');
        }}
      />
      {drawn ? (
        <DrawingTools />
      ) : (
        <>
          <NumberSetting name="n" slider />
          <NumberSetting name="noise" slider />
        </>
      )}
    </RailGroup>
  );
}
