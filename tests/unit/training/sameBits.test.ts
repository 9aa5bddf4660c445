import { describe, expect, it } from 'vitest';
import { buildTrainer } from '../../../src/settings/build.ts';
import { readLink } from '../../../src/settings/link.ts';

/** FNV-1a of the bytes of all parameters. */
function fingerprint(parameters: readonly number[]): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(Float64Array.from(parameters).buffer))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

describe('a link that somebody kept', () => {
  it.each([
    ['', 2000, '410ac5b5', 3.1136879745927426],
    ['net=2-64-64-64-1&data=spiral&batch=33', 60, '22bca6b2', 2.369847348382588],
    [
      'net=2-16-16-1&act=leaky&slope=0.3&data=xor&opt=sgd&lr=0.1&l1=0.001',
      700,
      '48e09222',
      2.612661766399678,
    ],
    [
      'net=2-5-3-7-1&data=moons&opt=momentum&lr=0.03&l2=0.001&batch=1',
      700,
      'f1411811',
      1.661511212284629,
    ],
    ['net=2-1-1&data=gaussians', 300, '7dc7ebda', 1.7111776275206316],
    ['net=2-9-6-1&data=checkerboard&opt=sgd&lr=3', 400, '1c86e8c4', 3.2561945904859178],
  ])(
    'gives the weights, bit for bit, that it has always given: "%s"',
    (link, steps, hash, first) => {
      const trainer = buildTrainer(readLink(link).settings);
      for (let i = 0; i < steps; i++) expect(trainer.step()).toBe('stepped');
      const parameters = trainer.network.layers.flatMap(({ weights, biases }) => [
        ...weights,
        ...biases,
      ]);
      expect([parameters[0], fingerprint(parameters)]).toEqual([first, hash]);
    },
  );
});
