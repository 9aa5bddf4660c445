import type { TermName } from '../../explain/glossary/registry.ts';
import { Term } from '../../explain/Term.tsx';
import styles from './rail.module.css';

interface SettingLabelProps {
  /** Of the control. */
  readonly id: string;
  readonly label: string;
  readonly term: TermName | undefined;
}

const labelId = (id: string) => `${id}-label`;

/** What a control of a setting is named by: a label, or a term, which as a button cannot be inside one. */
export const SettingLabel = ({ id, label, term }: SettingLabelProps) =>
  term === undefined ? (
    <label htmlFor={id}>{label}</label>
  ) : (
    <span className={styles.label} id={labelId(id)}>
      <Term name={term}>{label}</Term>
    </span>
  );

/** What names a control beside a `SettingLabel`. */
export const namedBy = (id: string, term: TermName | undefined) =>
  term === undefined ? { id } : { id, 'aria-labelledby': labelId(id) };
