import { getSystemErrorMap } from 'node:util';
import { excerpt } from '../../src/errors.ts';

/** Why the system refuses a file, without the path that Node's own messages end with. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return excerpt(String(error));
  const { errno } = error as NodeJS.ErrnoException;
  const [, known] = (errno !== undefined && getSystemErrorMap().get(errno)) || [];
  return known ?? excerpt(error.message);
}
