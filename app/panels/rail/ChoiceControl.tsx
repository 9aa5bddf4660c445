import { useId } from 'react';
import type { ChoiceField } from '../../../src/settings/field.ts';
import styles from './rail.module.css';

export function ChoiceControl<K extends string>({
  field,
  value,
  onChange,
}: {
  field: ChoiceField<K>;
  value: K;
  onChange(value: K): void;
}) {
  const id = useId();
  return (
    <div className={styles.control}>
      <label htmlFor={id} title={field.help}>
        {field.label}
      </label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as K)}>
        {field.options.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
