import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { posix } from 'node:path';

const { delimiter, dirname, join } = posix; // on Windows the function returns before it joins a path

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const VARIABLES = ['CHROMIUM_PATH', 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH'];

/**
 * @typedef {{
 *   env: Record<string, string | undefined>,
 *   platform: string,
 *   works: (path: string) => boolean,
 *   bundled: () => string | null,
 * }} Host `works` tells whether a path is a Chromium that starts, `bundled` gives the path of Playwright's download.
 */

/**
 * Where the usual installers put Chromium and Chrome, most likely first.
 * @param {Pick<Host, 'env' | 'platform'>} host
 * @returns {string[]}
 */
export function usualPlaces({ env, platform }) {
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((folder) =>
      folder === undefined
        ? []
        : ['Chromium', 'Google\\Chrome'].map(
            (name) => `${folder}\\${name}\\Application\\chrome.exe`,
          ),
    );
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => COMMANDS.map((name) => join(folder, name)));
  if (platform !== 'darwin') return onPath;
  const applications = ['/Applications', ...(env.HOME ? [join(env.HOME, 'Applications')] : [])];
  return [
    ...applications.flatMap((folder) =>
      ['Chromium', 'Google Chrome'].map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    ),
    ...onPath,
  ];
}

/**
 * A Chromium to test with: one named by an environment variable, else one of the system, else Playwright's own; null
 * when there is none. A variable that names something else is an error, because the user set it deliberately.
 * @param {Host} host
 * @returns {string | null}
 */
export function findChromium(host) {
  for (const name of VARIABLES) {
    const path = host.env[name];
    if (!path) continue;
    if (!host.works(path)) throw new Error(`${name} is ${path}, and no Chromium starts there.`);
    return path;
  }
  const found = usualPlaces(host).find((path) => host.works(path));
  if (found !== undefined) return found;
  const bundled = host.bundled();
  return bundled !== null && host.works(bundled) ? bundled : null;
}

/**
 * Asks the program for its version: on some systems `chromium-browser` is a stub that only says how to install it.
 * On Windows that would open a window, so it is enough that the file exists.
 * @param {string} path
 */
export function startsAsChromium(path) {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && /chrom/i.test(stdout);
}

/**
 * What Dawn for Node needs to find the software Vulkan driver that comes with Chromium on Linux: the driver's
 * manifest, and the Vulkan loader, which a machine without graphics lacks. Empty elsewhere (Metal and Direct3D have no
 * such files) and where the user has chosen a driver.
 * @param {string} chromium
 * @param {Record<string, string | undefined>} env
 * @param {(path: string) => boolean} [exists]
 * @returns {Record<string, string>}
 */
export function softwareVulkan(chromium, env, exists = existsSync) {
  if (env.VK_ICD_FILENAMES) return {};
  const folders = [
    dirname(exists(chromium) ? realpathSync(chromium) : chromium),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
  ];
  const folder = folders.find((at) => exists(join(at, 'vk_swiftshader_icd.json')));
  if (folder === undefined) return {};
  /** @type {Record<string, string>} */
  const found = { VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json') };
  if (exists(join(folder, 'libvulkan.so.1'))) {
    found.LD_LIBRARY_PATH = [folder, env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  return found;
}
