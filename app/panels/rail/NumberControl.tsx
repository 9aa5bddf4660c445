import { useEffect, useId, useState } from 'react';
import { excerpt } from '../../../src/errors.ts';
import type { NumberField } from '../../../src/settings/field.ts';

/** Ticks of a slider; a logarithmic one spreads them over the exponents. */
const TICKS = 1000;

const toTick = ({ scale, min, max }: NumberField, value: number): number =>
  scale === 'log'
    ? (TICKS * Math.log(value / min)) / Math.log(max / min)
    : (TICKS * (value - min)) / (max - min);

function fromTick(field: NumberField, tick: number): number {
  const { scale, min, max, step } = field;
  if (scale === 'log') {
    const value = Number((min * (max / min) ** (tick / TICKS)).toPrecision(2));
    return Number.isInteger(step) ? Math.round(value) : value;
  }
  const raw = min + (tick / TICKS) * (max - min);
  return Math.min(max, Number((min + Math.round((raw - min) / step) * step).toPrecision(6)));
}

/** A number with its label; what cannot be used is said below it, and the value stays as it was read. */
export function NumberControl({
  field,
  value,
  onChange,
  slider = false,
  onRelease = false,
}: {
  field: NumberField;
  value: number;
  onChange(value: number): void;
  slider?: boolean;
  /** The slider takes effect when it is let go, not on its way. */
  onRelease?: boolean;
}) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [sliding, setSliding] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value set elsewhere ends the draft
  useEffect(() => {
    setDraft(null);
    setSliding(null);
  }, [value]);

  const release = () => {
    if (sliding !== null) onChange(sliding);
    setSliding(null);
  };
  const commit = () => {
    if (draft === null) return;
    const reading = field.read(draft);
    const unreadable = reading.problem !== undefined && !Number.isFinite(Number(draft || 'NaN'));
    setProblem(
      unreadable
        ? `${field.label}: “${excerpt(draft)}” is not a number; ${field.write(value)} stays.`
        : (reading.problem ?? null),
    );
    setDraft(null);
    if (!unreadable) onChange(reading.value);
  };
  return (
    <div className="control">
      <label htmlFor={id} title={field.help}>
        {field.label}
      </label>
      {slider && (
        <input
          type="range"
          aria-label={`${field.label}, slider`}
          min={0}
          max={TICKS}
          value={toTick(field, sliding ?? value)}
          aria-valuetext={field.write(sliding ?? value)}
          onChange={(event) => {
            setProblem(null);
            const next = fromTick(field, Number(event.target.value));
            if (onRelease) setSliding(next);
            else onChange(next);
          }}
          onPointerUp={release}
          onKeyUp={release}
          onBlur={release}
        />
      )}
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? field.write(sliding ?? value)}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
          if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            const sign = event.key === 'ArrowUp' ? 1 : -1;
            // A tenth of a decade is less than one for small whole numbers.
            const logarithmic = field.scale === 'log' && !Number.isInteger(field.step);
            const next = logarithmic ? value * 10 ** (sign * 0.1) : value + sign * field.step;
            setProblem(null);
            onChange(field.read(String(Number(next.toPrecision(logarithmic ? 2 : 6)))).value);
          }
        }}
      />
      {problem && (
        <p className="problem" id={`${id}-problem`} role="status">
          {problem}
        </p>
      )}
    </div>
  );
}
