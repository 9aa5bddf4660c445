import { ChoiceSetting, NumberSetting } from './settingControls.tsx';

export function TrainingPanel() {
  return (
    <section aria-labelledby="training-heading">
      <h2 id="training-heading">Training</h2>
      <ChoiceSetting name="opt" />
      <NumberSetting name="lr" slider />
      <NumberSetting name="batch" />
      <NumberSetting name="l1" />
      <NumberSetting name="l2" />
      <ChoiceSetting name="speed" />
    </section>
  );
}
