import type { Verb } from './verbs/verb.ts';

const FILE = `NET.json is {"layers":[{"W":[[… out × in]],"b":[…]},…],"activation":"relu"}, the last layer linear;
"activation":"leaky-relu" may have a "negativeSlope" (0.01 if not given), "abs" is the absolute value. Hidden layers may
each have their own "activation" ("linear" among them), or "slopes": a number from -1 to 1 for every neuron. A state_dict
of PyTorch as JSON or .safetensors is read, too.`;

/** The output of `--help`. */
export function overview(verbs: readonly Verb[]): string {
  return `Usage: reluscope VERB NET.json [options]

Counts, bounds and queries the linear regions of a ReLU network; prints one JSON object.

${columns(verbs.map(({ name, summary }) => [name, summary]))}

${FILE}
"reluscope VERB --help" lists the options of a verb; "reluscope --version" prints the version. Wrong input: one line on standard error, exit code 2.`;
}

/** The output of `VERB --help`. */
export function helpFor({ name, summary, options, prints, batch }: Verb): string {
  const rows = options.map(({ name: flag, value, help }) => [
    value === undefined ? `--${flag}` : `--${flag} ${value}`,
    help,
  ]);
  return `Usage: reluscope ${name} NET.json [options]

${summary}

${columns(rows)}

Prints ${prints}${batch ? `\nWith --${batch.option}: ${batch.prints}` : ''}`;
}

function columns(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
