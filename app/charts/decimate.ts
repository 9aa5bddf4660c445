/**
 * Index of the step nearest to that of `at` at which one of the lines has a value; `at` where none has one.
 *
 * @param lines as long as `steps`; NaN where nothing is known
 */
export function knownNear(
  steps: ArrayLike<number>,
  lines: readonly ArrayLike<number>[],
  at: number,
): number {
  const known = (i: number) => lines.some((values) => !Number.isNaN(values[i]));
  let before = at;
  while (before >= 0 && !known(before)) before--;
  let after = at;
  while (after < steps.length && !known(after)) after++;
  if (after >= steps.length) return before >= 0 ? before : at;
  if (before < 0) return after;
  return steps[after] - steps[at] < steps[at] - steps[before] ? after : before;
}

/**
 * Indices to draw of a long series: in each of about `columns` equal index ranges the lowest and the highest value,
 * so that no spike is lost, and both ends. All indices when there are few enough.
 */
export function drawnIndices(values: ArrayLike<number>, columns: number): number[] {
  const n = values.length;
  if (n <= 2 * columns) return Array.from({ length: n }, (_, i) => i);
  const indices: number[] = [0];
  const add = (i: number) => {
    if (i > indices[indices.length - 1]) indices.push(i);
  };
  for (let c = 0; c < columns; c++) {
    const from = Math.floor((c * n) / columns);
    const to = Math.floor(((c + 1) * n) / columns);
    let low = -1;
    let high = -1;
    for (let i = from; i < to; i++) {
      if (Number.isNaN(values[i])) continue;
      if (low < 0 || values[i] < values[low]) low = i;
      if (high < 0 || values[i] > values[high]) high = i;
    }
    // A range without any value still breaks the line.
    if (low < 0) add(from);
    else {
      add(Math.min(low, high));
      add(Math.max(low, high));
    }
  }
  add(n - 1);
  return indices;
}
