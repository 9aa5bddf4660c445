import { describe, expect, it } from 'vitest';
import { describeTroubles, isGone } from '../../../app/session/troubles.ts';

const ended = { cause: 'ended', detail: '' } as const;

describe('the notice about workers in trouble', () => {
  it('is one sentence for all that have the same cause', () => {
    const text = describeTroubles({ discs: ended, geometry: ended, training: ended }, false);
    expect(text).toMatch(/^Training, the map and the exact counts in circles stopped: /);
    expect(text.match(/stopped/g)).toHaveLength(1);
  });

  it('names every cause, with what the browser said of it', () => {
    const failed = { cause: 'failed', detail: 'out of luck' } as const;
    const text = describeTroubles({ compute: failed, geometry: ended }, false);
    expect(text).toContain('The map stopped: the browser closed');
    expect(text).toContain('Bounds and fields stopped: the worker failed (out of luck).');
  });

  it('says what to allow where a policy forbids workers, whatever else there is', () => {
    const missing = { cause: 'unloadable', detail: '' } as const;
    const text = describeTroubles({ training: missing, compute: missing }, true);
    expect(text).toContain("worker-src 'self'");
    expect(text).not.toMatch(/stopped|cannot start/);
  });

  it('does not take silence for the end', () => {
    const silent = { cause: 'silent', detail: '' } as const;
    expect(isGone({ training: silent }, 'training')).toBe(false);
    expect(isGone({ training: ended }, 'training')).toBe(true);
    expect(isGone({ training: ended }, 'geometry')).toBe(false);
    expect(describeTroubles({ training: silent }, false)).toContain('may just be slow');
  });
});
