import { type ReactNode, useState } from 'react';
import { countOf } from '../../../format.ts';
import type { Shown } from './digits.ts';
import styles from './HowC.module.css';
import type { Sum } from './sums.ts';

/** A vector as text, a number where it has one component. */
const textOf = (numbers: readonly Shown[]): string =>
  numbers.length === 1 ? numbers[0].text : `(${numbers.map(({ text }) => text).join(', ')})`;

const bitsOf = (numbers: readonly Shown[]): string =>
  numbers.map(({ value }) => String(value)).join(',');

/** What the inputs of a neuron are called. */
export interface InputNames {
  /** What all of them are: “neuron”, “coordinate”. */
  readonly kind: string;
  readonly name: (input: number) => string;
  /** Leads to the derivation of an input; null for the coordinates of the plane, which have none. */
  readonly onPress: ((input: number) => void) | null;
}

export function InputName({ input, kind, name, onPress }: InputNames & { readonly input: number }) {
  if (onPress === null) return name(input);
  return (
    <button
      type="button"
      className={styles.link}
      aria-label={`${kind} ${name(input)}`}
      onClick={() => onPress(input)}
    >
      {name(input)}
    </button>
  );
}

interface SumTableProps extends InputNames {
  readonly sum: Sum;
  readonly caption: string;
  /** What is multiplied in every term. */
  readonly product: string;
  readonly total: ReactNode;
  readonly testId: string;
  /** What to say where there are no terms. */
  readonly none?: string;
}

/** The terms of a sum and their total; of many only the largest, until all are asked for. */
export function SumTable(props: SumTableProps) {
  const { sum, caption, product, total, testId, none, kind, name, onPress } = props;
  const [all, setAll] = useState(false);
  const { terms, large, rest } = sum;
  const result = (
    <output data-testid={testId} data-value={bitsOf(sum.total)}>
      {textOf(sum.total)}
    </output>
  );
  if (terms.length === 0)
    return (
      <p className={styles.formula}>
        {none} {total} = {result}
      </p>
    );
  return (
    <>
      <table className={styles.terms} data-testid={`terms-${testId}`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{kind}</th>
            <th scope="col">{product}</th>
          </tr>
        </thead>
        <tbody>
          {(all ? terms : large).map((term) => (
            <tr key={term.input ?? 'bias'} data-value={bitsOf(term.product)}>
              <th scope="row">
                {term.input === null ? (
                  'bias'
                ) : (
                  <InputName input={term.input} kind={kind} name={name} onPress={onPress} />
                )}
              </th>
              <td>
                {term.factor !== null && (
                  <>
                    <span>{term.factor.text} ×</span> <span>{textOf(term.times)}</span>
                  </>
                )}{' '}
                <span>
                  {term.factor !== null && '= '}
                  {textOf(term.product)}
                </span>
              </td>
            </tr>
          ))}
          {rest !== null && !all && (
            <tr data-value={bitsOf(rest.sum)}>
              <th scope="row">and {rest.count} more</th>
              <td>
                <span>{textOf(rest.sum)}</span>
              </td>
            </tr>
          )}
          <tr>
            <th scope="row">{total}</th>
            <td>{result}</td>
          </tr>
        </tbody>
      </table>
      {rest !== null && (
        <button type="button" onClick={() => setAll(!all)}>
          {all ? 'Show the largest only' : `Show all ${countOf(terms.length, 'term')}`}
        </button>
      )}
    </>
  );
}
