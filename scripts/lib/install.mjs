import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * @typedef {{ version?: string, resolved?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} Entry
 * @typedef {{ packages?: Record<string, Entry> }} Lock
 */

/**
 * The first package that the lock file asks for and node_modules lacks or has in another version; null if all are
 * there. Compared by content, not by time: a checkout gives every file a new time. Optional packages may be absent
 * (they belong to other platforms) but not outdated.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 * @returns {string | null}
 */
export function missingPackage(wanted, installed) {
  const present = installed.packages ?? {};
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '') continue;
    const found = present[path];
    const mayBeAbsent = entry.optional === true || entry.devOptional === true;
    if (found === undefined ? !mayBeAbsent : found.version !== entry.version) return path;
  }
  return null;
}

/** @param {string} path @returns {Lock | null} */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/**
 * Why the packages of a folder must be installed, for the user; null if they need not be.
 * @param {string} folder
 */
function installReason(folder) {
  const installed = readLock(join(folder, 'node_modules', '.package-lock.json'));
  if (installed === null) return 'nothing is installed yet';
  const wanted = readLock(join(folder, 'package-lock.json'));
  if (wanted === null) return null;
  const missing = missingPackage(wanted, installed);
  return missing === null ? null : `${missing.replace(/^.*node_modules\//, '')} is not up to date`;
}

/**
 * Installs what the lock file of a folder names when its node_modules does not hold it. Ends the process when npm fails.
 * @param {string} [folder]
 */
export function ensureInstalled(folder = root) {
  const reason = installReason(folder);
  if (reason === null) return;
  const where = folder === root ? '' : ` of ${relative(root, folder)}`;
  console.log(`Installing packages${where} (${reason}) …`);
  // Under `npm start` the path of npm itself is in the environment, and Windows needs no shell to run it.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const options = /** @type {const} */ ({ cwd: folder, stdio: 'inherit' });
  const done =
    npm !== undefined && /npm-cli\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (done.status === 0) return;
  console.error('npm ci failed, see above. Check the network connection and try again.');
  process.exit(1);
}
