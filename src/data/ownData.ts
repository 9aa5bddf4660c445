import { InputError, quoted } from '../errors.ts';
import type { Samples, Targets } from './dataset.ts';
import { EXTENT } from './scatter.ts';
import type { NumberColumn, Table, TableColumn, TextColumn } from './table.ts';

/** Classes that are told apart, at most. */
export const MAX_CLASSES = 5;

/** Which columns of a table are the data, by index, and what is learned from them. */
export interface TableChoice {
  readonly x: number;
  readonly y: number;
  readonly label: number;
  /** `classes`: the label is a class, text or number. `regression`: it is the value that an output should have. */
  readonly task: 'classes' | 'regression';
}

/** The map z = to · (v − centre) / half between values v of a column and coordinates z in [−to, to]. */
export interface AxisMap {
  readonly centre: number;
  /** Half the range of the values; 1 where all are equal. */
  readonly half: number;
  readonly to: number;
}

/** The coordinate of a value. */
export const toAxis = ({ centre, half, to }: AxisMap, v: number): number =>
  to * ((v - centre) / half);
/** The value at a coordinate. */
export const fromAxis = ({ centre, half, to }: AxisMap, z: number): number =>
  centre + half * (z / to);

interface Own {
  readonly names: { readonly x: string; readonly y: string; readonly label: string };
  /** From values to the coordinates of `samples`, for x and y. */
  readonly axes: readonly [x: AxisMap, y: AxisMap];
}

/** Data from a table with its coordinates in the data's square, for the softmax loss, or the logistic one of two classes. */
export interface OwnClasses extends Own {
  readonly task: 'classes';
  readonly samples: Samples;
  /** What the labels stand for: numbers ascending, texts in the order of the alphabet. */
  readonly classes: readonly string[];
}

/** The same for the squared loss; the targets lie in [−1, 1]. */
export interface OwnValues extends Own {
  readonly task: 'regression';
  readonly samples: Targets;
  /** From values to `samples.targets`. */
  readonly target: AxisMap;
}

/** Data from a table, by what is learned from it. */
export type OwnData = OwnClasses | OwnValues;

/**
 * The columns that are probably meant. The label is the last column of text with two to five classes, else the last one of
 * whole numbers with two to five values, else, as a value to be learned, the last column of numbers. The coordinates are
 * the first two other columns of numbers; one that only counts the rows is taken last.
 *
 * @throws InputError where there are no such columns
 */
export function suggestChoice(table: Table): TableChoice {
  const { columns } = table;
  const numbers = columns.flatMap((column, i) => (column.kind === 'number' ? [i] : []));
  const counting = numbers.filter((i) => countsRows(columns[i]));
  const ranked = [...numbers.filter((i) => !counting.includes(i)), ...counting];
  const texts = columns.flatMap((column, i) => (column.kind === 'text' ? [i] : []));
  const classed = (i: number) => {
    const column = columns[i];
    const found = column.kind === 'empty' ? [] : classesOf(column);
    return found.length >= 2 && found.length <= MAX_CLASSES;
  };
  const whole = (i: number) =>
    !counting.includes(i) && (columns[i] as NumberColumn).values.every((v) => Number.isInteger(v));
  const choose = (label: number, task: TableChoice['task']): TableChoice | undefined => {
    const [x, y] = ranked
      .filter((i) => i !== label)
      .slice(0, 2)
      .sort((a, b) => a - b);
    return y === undefined ? undefined : { x, y, label, task };
  };
  const text = texts.findLast(classed);
  const number = numbers.findLast((i) => whole(i) && classed(i));
  const value = numbers.findLast((i) => !counting.includes(i));
  const choice =
    (text !== undefined && choose(text, 'classes')) ||
    (number !== undefined && choose(number, 'classes')) ||
    (value !== undefined && choose(value, 'regression'));
  if (choice) return choice;
  throw new InputError(whyNone(table, numbers, texts));
}

/**
 * The chosen columns as samples: x and y each scaled to the range of the data's square, targets to [−1, 1].
 *
 * @throws InputError naming line and column for a cell that cannot be used, and for a choice that makes no sense
 */
export function ownData(table: Table, { x, y, label, task }: TableChoice): OwnData {
  if (new Set([x, y, label]).size < 3)
    throw new InputError('choose three different columns: two coordinates and a label');
  const { columns, rows } = table;
  const [first, second] = [numbersOf(columns, x), numbersOf(columns, y)];
  const axes = [axisOf(first.values, EXTENT), axisOf(second.values, EXTENT)] as const;
  const points = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    points[2 * row] = toAxis(axes[0], first.values[row]);
    points[2 * row + 1] = toAxis(axes[1], second.values[row]);
  }
  const last = columns[label];
  const names = { x: first.name, y: second.name, label: last?.name ?? '' };
  if (task === 'regression') {
    const { values } = numbersOf(columns, label);
    requireOneMark([first, second, last as NumberColumn]);
    const target = axisOf(values, 1);
    const targets = values.map((v) => toAxis(target, v));
    return { task, names, axes, target, samples: { count: rows, points, targets } };
  }
  requireOneMark([first, second]);
  const { classes, labels } = labelsOf(columns, label);
  return { task, names, axes, classes, samples: { count: rows, points, labels } };
}

function numbersOf(columns: readonly TableColumn[], i: number): NumberColumn {
  const column = columns[i];
  if (column === undefined) throw new InputError(`there is no column ${i + 1}`);
  if (column.kind !== 'number')
    throw new InputError(
      `column ${i + 1} (${quoted(column.name)}) holds ${column.kind === 'text' ? 'text' : 'nothing'}; numbers are needed`,
    );
  if (column.trouble !== undefined) throw new InputError(column.trouble);
  return column;
}

function requireOneMark(columns: readonly NumberColumn[]): void {
  const marked = columns.filter(({ mark }) => mark !== undefined);
  const other = marked.find(({ mark }) => mark?.kind !== marked[0].mark?.kind);
  if (other === undefined) return;
  const say = ({ name, mark }: NumberColumn) =>
    `a decimal ${mark?.kind} in line ${mark?.line}, column ${quoted(name)}`;
  throw new InputError(`there is ${say(marked[0])}, but ${say(other)}`);
}

function labelsOf(columns: readonly TableColumn[], i: number) {
  const column = columns[i];
  if (column === undefined || column.kind === 'empty')
    throw new InputError(`column ${i + 1} holds no labels`);
  if (column.trouble !== undefined) throw new InputError(column.trouble);
  const found = classesOf(column);
  const where = `column ${i + 1} (${quoted(column.name)})`;
  if (found.length > MAX_CLASSES)
    throw new InputError(
      `${where} holds more than ${MAX_CLASSES} classes: choose another, or learn its values`,
    );
  if (found.length < 2)
    throw new InputError(`${where} holds one class only, ${quoted(String(found[0]))}`);
  const place = new Map<unknown, number>(found.map((value, k) => [value, k]));
  const labels = Uint8Array.from(
    column.values as ArrayLike<string | number>,
    (value) => place.get(value) as number,
  );
  return { classes: found.map(String), labels };
}

/** The different values of a column in order, at most one more than are told apart. */
function classesOf({ values }: NumberColumn | TextColumn): (string | number)[] {
  const found = new Set<string | number>();
  for (const value of values) {
    if (typeof value === 'number' && Number.isNaN(value)) continue;
    found.add(value);
    if (found.size > MAX_CLASSES) break;
  }
  const { compare } = new Intl.Collator('en', { numeric: true });
  return [...found].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b)),
  );
}

/** Whether a column is 0, 1, 2, … or such from another beginning: an index that pandas and R write. */
function countsRows(column: TableColumn): boolean {
  if (column.kind !== 'number' || column.values.length < 3) return false;
  const { values } = column;
  return Number.isInteger(values[0]) && values.every((v, i) => v === values[0] + i);
}

function axisOf(values: Float64Array, to: number): AxisMap {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    min = Math.min(min, v);
    max = Math.max(max, v);
  }
  // Halves first: the sum and the difference of two numbers can be too large.
  const half = max / 2 - min / 2;
  return { centre: min / 2 + max / 2, half: half > 0 ? half : 1, to };
}

function whyNone(
  { columns, lines }: Table,
  numbers: readonly number[],
  texts: readonly number[],
): string {
  const [text] = texts;
  const column = columns[text];
  const where = text === undefined ? '' : `column ${text + 1} (${quoted(column.name)})`;
  if (numbers.length < 2) {
    const has = numbers.length === 0 ? 'no column of numbers' : 'one column of numbers';
    const seen = column?.kind === 'text' ? `: ${quoted(column.values[0])} in line ${lines[0]}` : '';
    return `has ${has}, but two are needed, and one of labels${where && `; ${where} holds text${seen}`}`;
  }
  const classes = where && `; ${where} does not hold two to ${MAX_CLASSES} classes`;
  return `has two columns of numbers and none to learn from: add one of classes or of values${classes}`;
}
