import { parseArgs } from 'node:util';

const USAGE = 'Usage: npm start -- [--port NUMBER] [--host [ADDRESS]] [--open]';
const DEFAULT_PORT = 5173;

/**
 * Reads the arguments of `npm start`. A bare `--host` means every address of this machine.
 * @param {string[]} args
 * @returns {{ port: number, host: string | true, open: boolean, strictPort: false } | string} options for Vite's
 *   preview server, or a sentence for the user
 */
export function startOptions(args) {
  const spelled = args.flatMap((arg, i) =>
    arg === '--host' && (args[i + 1] === undefined || args[i + 1].startsWith('-'))
      ? ['--host=*']
      : [arg],
  );
  let values;
  try {
    ({ values } = parseArgs({
      args: spelled,
      options: { port: { type: 'string' }, host: { type: 'string' }, open: { type: 'boolean' } },
    }));
  } catch (error) {
    return `${/** @type {Error} */ (error).message.split('.')[0]}. ${USAGE}`;
  }
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return `--port must be a whole number from 1 to 65535, not ${JSON.stringify(values.port)}. ${USAGE}`;
  }
  const host = values.host === '*' ? true : (values.host ?? 'localhost');
  return { port, host, open: values.open ?? false, strictPort: false };
}
