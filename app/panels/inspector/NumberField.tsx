import { useId, useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** Arrow keys move the value by this much. */
  readonly step: number;
}

const plain = (value: number): string => String(Number(value.toPrecision(4)));

/** A text field for one number: what is typed takes effect as soon as it is a number within the limits. */
export function NumberField({ label, value, min, max, onChange, step }: NumberFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const parse = (text: string): number | null => {
    const typed = text.trim().replace('−', '-').replace(',', '.');
    const number = Number(typed);
    return typed !== '' && number >= min && number <= max ? number : null;
  };
  const invalid = draft !== null && parse(draft) === null;
  const nudge = (by: number) => {
    setDraft(null);
    onChange(Math.min(max, Math.max(min, Number((value + by).toPrecision(6)))));
  };
  return (
    <span className="number-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? plain(value)}
        aria-invalid={invalid}
        title={invalid ? `A number from ${plain(min)} to ${plain(max)}` : undefined}
        onChange={(event) => {
          setDraft(event.target.value);
          const number = parse(event.target.value);
          if (number !== null) onChange(number);
        }}
        onBlur={() => setDraft(null)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') nudge(step);
          else if (event.key === 'ArrowDown') nudge(-step);
          else if (event.key === 'Enter' || event.key === 'Escape') setDraft(null);
          else return;
          event.preventDefault();
        }}
      />
    </span>
  );
}
