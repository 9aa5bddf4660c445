import { describe, expect, it } from 'vitest';
import { findChromium, softwareVulkan, usualPlaces } from '../../../scripts/lib/chromium.mjs';

const linux = (
  env: Record<string, string>,
  working: string[],
  bundled: string | null = null,
): Parameters<typeof findChromium>[0] => ({
  env,
  platform: 'linux',
  works: (path) => working.includes(path),
  bundled: () => bundled,
});

describe('finding Chromium', () => {
  it('believes an environment variable before anything else', () => {
    const host = linux({ CHROMIUM_PATH: '/mine/chrome', PATH: '/usr/bin' }, [
      '/mine/chrome',
      '/usr/bin/chromium',
    ]);
    expect(findChromium(host)).toBe('/mine/chrome');
  });

  it('reads the variable that Playwright people set as well', () => {
    const host = linux({ PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH: '/theirs/chrome' }, [
      '/theirs/chrome',
    ]);
    expect(findChromium(host)).toBe('/theirs/chrome');
  });

  it('names the variable when no Chromium starts where it points', () => {
    const host = linux({ CHROMIUM_PATH: '/gone', PATH: '/usr/bin' }, ['/usr/bin/chromium']);
    expect(() => findChromium(host)).toThrow(/CHROMIUM_PATH is \/gone/);
  });

  it('takes the first program on the path that really starts, not a stub', () => {
    const host = linux({ PATH: '/usr/local/bin:/usr/bin' }, ['/usr/bin/google-chrome']);
    expect(findChromium(host)).toBe('/usr/bin/google-chrome');
  });

  it('falls back to the download of Playwright, and only if it is there', () => {
    expect(findChromium(linux({ PATH: '/usr/bin' }, ['/cache/chrome'], '/cache/chrome'))).toBe(
      '/cache/chrome',
    );
    expect(findChromium(linux({ PATH: '/usr/bin' }, [], '/cache/chrome'))).toBeNull();
  });

  it('looks into the applications of macOS before the path', () => {
    const places = usualPlaces({
      platform: 'darwin',
      env: { HOME: '/Users/ada', PATH: '/opt/bin' },
    });
    expect(places).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(places).toContain('/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium');
    expect(places.at(-1)).toMatch(/^\/opt\/bin/);
  });

  it('looks into the program folders of Windows and nowhere else', () => {
    expect(usualPlaces({ platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files' } })).toEqual([
      'C:\\Program Files\\Chromium\\Application\\chrome.exe',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ]);
  });
});

describe('the software Vulkan driver', () => {
  const beside = (path: string) => path.startsWith('/opt/chrome-1/') && !path.endsWith('/chrome');

  it('is taken from the folder of the browser, together with the loader there', () => {
    expect(softwareVulkan('/opt/chrome-1/chrome', { LD_LIBRARY_PATH: '/mine' }, beside)).toEqual({
      VK_ICD_FILENAMES: '/opt/chrome-1/vk_swiftshader_icd.json',
      LD_LIBRARY_PATH: '/opt/chrome-1:/mine',
    });
  });

  it('is left alone when a person has chosen one', () => {
    expect(softwareVulkan('/opt/chrome-1/chrome', { VK_ICD_FILENAMES: '/x.json' }, beside)).toEqual(
      {},
    );
  });

  it('is simply not named where there is none', () => {
    expect(softwareVulkan('/opt/chrome-1/chrome', {}, () => false)).toEqual({});
  });
});
