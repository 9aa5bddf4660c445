import { describe, expect, it } from 'vitest';
import { missingPackage } from '../../../scripts/lib/install.mjs';
import { nodeComplaint } from '../../../scripts/lib/node-version.mjs';
import { chooseStages } from '../../../scripts/lib/stages.mjs';
import { startOptions } from '../../../scripts/lib/start-options.mjs';

describe('starting on a fresh machine', () => {
  it('accepts Node 20.19 and newer and names the version it refuses', () => {
    expect(nodeComplaint('20.19.0')).toBeNull();
    expect(nodeComplaint('24.1.0')).toBeNull();
    expect(nodeComplaint('20.18.3')).toMatch(/needs Node 20\.19 or newer; this is Node 20\.18\.3/);
    expect(nodeComplaint('18.20.8')).not.toBeNull();
  });

  it('installs when a package is missing or has another version, not when a foreign platform is', () => {
    const wanted = {
      packages: {
        '': {},
        'node_modules/d3': { version: '7.9.2' },
        'node_modules/fsevents': { version: '2.3.3', optional: true },
      },
    };
    const d3 = { 'node_modules/d3': { version: '7.9.2' } };
    expect(missingPackage(wanted, { packages: d3 })).toBeNull();
    expect(missingPackage(wanted, { packages: {} })).toBe('node_modules/d3');
    expect(missingPackage(wanted, { packages: { 'node_modules/d3': { version: '7.0.0' } } })).toBe(
      'node_modules/d3',
    );
    expect(
      missingPackage(wanted, {
        packages: { ...d3, 'node_modules/fsevents': { version: '1.0.0' } },
      }),
    ).toBe('node_modules/fsevents');
  });

  it('listens on this machine alone unless a host is asked for', () => {
    expect(startOptions([])).toEqual({
      port: 5173,
      host: 'localhost',
      open: false,
      strictPort: false,
    });
    expect(startOptions(['--port', '5180', '--open'])).toMatchObject({ port: 5180, open: true });
    expect(startOptions(['--host', '--port=80'])).toMatchObject({ host: true, port: 80 });
    expect(startOptions(['--host', '0.0.0.0'])).toMatchObject({ host: '0.0.0.0' });
  });

  it('answers a wrong argument with one sentence that names it', () => {
    expect(startOptions(['--port', 'many'])).toMatch(/--port must be a whole number.*"many"/);
    expect(startOptions(['--prot', '5180'])).toMatch(/'--prot'.*Usage/);
  });
});

describe('choosing stages', () => {
  it('keeps the fixed order, builds what is looked at, and names an unknown stage', () => {
    const chosen = chooseStages(['e2e', 'types']);
    expect(typeof chosen === 'string' ? chosen : chosen.map((stage) => stage.name)).toEqual([
      'types',
      'build',
      'e2e',
    ]);
    expect(chooseStages(['unti'])).toMatch(/no stage "unti".*types, lint, knip, unit/);
  });
});
