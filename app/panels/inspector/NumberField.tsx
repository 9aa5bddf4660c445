import { useEffect, useId, useState } from 'react';
import { formatNumber } from '../../format.ts';
import styles from './CircleCard.module.css';
import { readNumber } from './readNumber.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** The value one press of an arrow key up or down from the given one. */
  readonly onArrow: (value: number, direction: 1 | -1) => number;
  /** A sentence about typed input that cannot be used; null once it is valid again. */
  readonly onProblem: (problem: string | null) => void;
  /** Id of the element that shows the problem of this field, if it has one. */
  readonly problemId: string | null;
}

const plain = (value: number): string => String(Number(value.toPrecision(6)));

/** A text field for one number: Enter, or leaving the field, commits the typed number; Escape discards it. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, min, max, onChange, onArrow, onProblem, problemId } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value set elsewhere ends the draft
  useEffect(() => setDraft(null), [value]);

  const settle = (problem: string | null) => {
    setDraft(null);
    onProblem(problem);
  };
  const commit = () => {
    if (draft === null || draft === plain(value)) {
      setDraft(null);
      return;
    }
    const reading = readNumber(draft, min, max);
    settle(
      reading.problem === null
        ? null
        : `${label}: ${reading.problem}; ${formatNumber(value, 6)} stays.`,
    );
    if (reading.problem === null) onChange(reading.value);
  };
  const arrow = (direction: 1 | -1) => {
    const reading = draft === null ? null : readNumber(draft, min, max);
    const from = reading?.problem === null ? reading.value : value;
    settle(null);
    // Twelve digits hide the rounding of the sum, and leave room for steps far smaller than the value.
    const next = Number(onArrow(from, direction).toPrecision(12));
    onChange(Math.min(max, Math.max(min, next)));
  };
  return (
    <span className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? plain(value)}
        aria-invalid={problemId !== null}
        aria-describedby={problemId ?? undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') arrow(1);
          else if (event.key === 'ArrowDown') arrow(-1);
          else if (event.key === 'Enter') commit();
          else if (event.key === 'Escape' && (draft !== null || problemId)) settle(null);
          else return;
          event.preventDefault();
        }}
      />
    </span>
  );
}
