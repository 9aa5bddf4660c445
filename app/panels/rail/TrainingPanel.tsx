import { ChoiceSetting, NumberSetting } from './settingControls.tsx';

export function TrainingPanel() {
  return (
    <section aria-labelledby="training-heading">
      <h2 id="training-heading">Training</h2>
      <ChoiceSetting name="opt" />
      {/* Every change of the rule is kept in the link: one per slide, not one per pixel. */}
      <NumberSetting name="lr" slider onRelease />
      <NumberSetting name="batch" />
      <NumberSetting name="l1" />
      <NumberSetting name="l2" />
      <ChoiceSetting name="speed" />
    </section>
  );
}
