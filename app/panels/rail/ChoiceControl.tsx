import { useId } from 'react';
import type { ChoiceField } from '../../../src/settings/field.ts';
import type { TermName } from '../../explain/glossary/registry.ts';
import styles from './rail.module.css';
import { namedBy, SettingLabel } from './SettingLabel.tsx';

export function ChoiceControl<K extends string>({
  field,
  term,
  value,
  onChange,
}: {
  field: ChoiceField<K>;
  /** What the label explains. */
  term?: TermName | undefined;
  value: K;
  onChange(value: K): void;
}) {
  const id = useId();
  return (
    <div className={styles.control}>
      <SettingLabel id={id} label={field.label} term={term} />
      <select
        {...namedBy(id, term)}
        value={value}
        onChange={(event) => onChange(event.target.value as K)}
      >
        {field.options.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
