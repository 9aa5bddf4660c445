import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { WhySoHigh } from '../../../app/panels/inspector/WhySoHigh.tsx';

/** What is said of a network of 16 neurons of which so many switch, and so many are false alarms. */
function said(switching: number, alarms: number, regions: number, complete = true): string {
  const undecided = switching + alarms;
  const counts = {
    on: 16 - undecided,
    off: 0,
    undecided,
    parts: complete ? { switching, alarms } : null,
  };
  const found = { regions, complete, samples: null };
  return renderToStaticMarkup(createElement(WhySoHigh, { counts, found }))
    .replace(/<[^>]*>/g, '')
    .replaceAll('\u202f', ' ');
}

const ASKS = 'Why is the bound so high?';
const HALF = 'a crease doubles them only if it cuts every one in two';

describe('why the bound is so high', () => {
  it('does not leave the gap that false alarms do not explain without a reason', () => {
    expect(said(9, 1, 33)).toBe(
      `${ASKS} C = 10 of 16 neurons are undecided: their sign may change inside the circle. Each doubles the bound. 9 switch; 1 is a false alarm. But the 9 do not make 2⁹ = 512 regions: ${HALF}, and n straight lines cut the plane into at most 1 + n + n(n − 1)/2 pieces, not\u00a02ⁿ.`,
    );
    expect(said(8, 0, 20)).toContain(
      `All 8 switch. But they do not make that many regions: ${HALF}, and n`,
    );
  });

  it('does not blame the plane for two lines, which can make four pieces', () => {
    expect(said(2, 0, 3)).toContain('Both switch. But they do not make that many regions: ');
    expect(said(2, 0, 3)).toMatch(/cuts every one in two\.$/);
    expect(said(2, 1, 3)).toContain('But the 2 do not make 2² = 4 regions');
  });

  it('blames the false alarms alone where the others do double', () => {
    expect(said(2, 1, 4)).toMatch(
      /2 switch; 1 is a false alarm\. The false alarm is all that makes the bound too high\.$/,
    );
    expect(said(0, 15, 1)).toMatch(/None switches: all are false alarms\.$/);
    expect(said(0, 1, 1)).toMatch(/which doubles the bound\. It is a false alarm\.$/);
  });

  it('does not ask why a bound is high that is tight, or may be', () => {
    expect(said(2, 0, 4)).toBe(
      'C = 2 of 16 neurons are undecided: their sign may change inside the circle. Each doubles the bound. Both switch. Each doubles the regions, too.',
    );
    expect(said(1, 0, 2)).toMatch(/It switches\. It doubles the regions, too\.$/);
    expect(said(0, 0, 1)).toBe(
      'C = 0 of 16 neurons are undecided: none changes its sign inside the circle, so all of it lies in one region.',
    );
    expect(said(4, 6, 12, false)).toMatch(/^C = 10 of 16 .* Each doubles the bound\.$/);
  });
});
