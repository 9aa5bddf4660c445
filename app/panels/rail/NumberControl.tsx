import { useEffect, useId, useRef, useState } from 'react';
import { excerpt } from '../../../src/errors.ts';
import {
  type NumberField,
  nextPage,
  nextValue,
  sliderPosition,
  sliderValue,
} from '../../../src/settings/field.ts';
import type { TermName } from '../../explain/glossary/registry.ts';
import shared from '../../styles/shared.module.css';
import styles from './rail.module.css';
import { namedBy, SettingLabel } from './SettingLabel.tsx';

/** Ticks of a slider: places a pointer can tell apart. */
const TICKS = 1000;

/** The value after a key press on the slider; null for keys without a meaning there. */
function afterKey(field: NumberField, value: number, key: string): number | null {
  if (key === 'ArrowRight' || key === 'ArrowUp') return nextValue(field, value, 1);
  if (key === 'ArrowLeft' || key === 'ArrowDown') return nextValue(field, value, -1);
  if (key === 'PageUp') return nextPage(field, value, 1);
  if (key === 'PageDown') return nextPage(field, value, -1);
  if (key === 'Home') return field.min;
  return key === 'End' ? field.max : null;
}

/** A number with its label; an error is shown below it, and the value stays as it was. */
export function NumberControl({
  field,
  term,
  value,
  onChange,
  slider = false,
  onRelease = false,
}: {
  field: NumberField;
  /** What the label explains. */
  term?: TermName | undefined;
  value: number;
  onChange(value: number): void;
  slider?: boolean;
  /** The slider takes effect when it is released, not while it moves. */
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

  const held = useRef(false);
  const shown = sliding ?? value;
  const slide = (next: number) => {
    setProblem(null);
    if (onRelease) setSliding(next);
    else onChange(next);
  };
  const release = () => {
    held.current = false;
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
    <div className={styles.control}>
      <SettingLabel id={id} label={field.label} term={term} />
      {slider && (
        <input
          type="range"
          aria-label={`${field.label}, slider`}
          min={0}
          max={TICKS}
          value={TICKS * sliderPosition(field, shown)}
          aria-valuetext={field.write(shown)}
          onChange={(event) => {
            const tick = Number(event.target.value);
            const next = sliderValue(field, tick / TICKS);
            // Without a pointer a tick is a step that was asked for, as by a screen reader, and must not be rounded back.
            const back = !held.current && next === shown;
            const forward = tick > TICKS * sliderPosition(field, shown);
            slide(back ? nextValue(field, shown, forward ? 1 : -1) : next);
          }}
          onKeyDown={(event) => {
            if (event.altKey || event.ctrlKey || event.metaKey) return;
            const next = afterKey(field, shown, event.key);
            if (next === null) return;
            event.preventDefault();
            slide(next);
          }}
          onPointerDown={() => {
            held.current = true;
          }}
          onPointerUp={release}
          onPointerCancel={release}
          onKeyUp={release}
          onBlur={release}
        />
      )}
      <input
        {...namedBy(id, term)}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? field.write(shown)}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape' && (draft !== null || problem !== null)) {
            setDraft(null);
            setProblem(null);
            event.preventDefault();
          }
          if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            setProblem(null);
            onChange(nextValue(field, value, event.key === 'ArrowUp' ? 1 : -1));
          }
        }}
      />
      {problem && (
        <p className={shared.problem} id={`${id}-problem`} role="status">
          {problem}
        </p>
      )}
    </div>
  );
}
