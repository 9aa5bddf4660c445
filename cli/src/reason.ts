/** Why the system refuses a file. Node's messages start with a code and end with the path: "ENOENT: no such file …, open …". */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.replace(/^[A-Z]+: /, '').replace(/, \w+( '.*')?$/s, '');
}
