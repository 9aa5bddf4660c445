import { formatNumber } from '../../format.ts';

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const subscript = (n: number): string => String(n).replace(/\d/g, (d) => SUBSCRIPTS[Number(d)]);

const variablesOf = (inputs: number): string[] =>
  inputs === 1
    ? ['x']
    : inputs === 2
      ? ['x', 'y']
      : Array.from({ length: inputs }, (_, i) => `x${subscript(i + 1)}`);

/** Left-hand side of output `output` of `outputs`: "f(x, y)", "f₂(x, y)", "f(x)" with more than three inputs. */
export function affineName(inputs: number, output: number, outputs: number): string {
  const name = outputs === 1 ? 'f' : `f${subscript(output + 1)}`;
  return `${name}(${inputs > 3 ? 'x' : variablesOf(inputs).join(', ')})`;
}

/** "1.2 x − 0.3 y + 0.5": zero terms are left out, and a constant map shows its value.
 * Lines break before a sign only. */
export function affineText(gradient: readonly number[], offset: number): string {
  const variables = variablesOf(gradient.length);
  let text = '';
  const add = (value: number, variable: string) => {
    const size = formatNumber(Math.abs(value));
    const body = variable === '' ? size : size === '1' ? variable : `${size}\u00a0${variable}`;
    if (text === '') text = value < 0 ? `−${body}` : body;
    else text += ` ${value < 0 ? '−' : '+'}\u00a0${body}`;
  };
  for (const [i, value] of gradient.entries()) if (value !== 0) add(value, variables[i]);
  if (offset !== 0 || text === '') add(offset, '');
  return text;
}
