import { useSessionState } from '../../useSession.ts';
import { RailGroup } from './RailGroup.tsx';
import { ChoiceSetting, NumberSetting } from './settingControls.tsx';
import { trainingSummary } from './summaries.ts';

export function TrainingPanel() {
  const summary = useSessionState((s) => trainingSummary(s.settings));
  return (
    <RailGroup
      name="training"
      title="Training"
      state={summary}
      more={
        <>
          <NumberSetting name="batch" />
          <NumberSetting name="l1" />
          <NumberSetting name="l2" />
        </>
      }
    >
      {/* Every change of the rule is kept in the link: one per slide, not one per pixel. */}
      <NumberSetting name="lr" slider onRelease />
      <ChoiceSetting name="opt" />
    </RailGroup>
  );
}
