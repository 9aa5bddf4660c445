import { describe, expect, it } from 'vitest';
import { glossary, type TermName } from '../../../app/explain/glossary/registry.ts';

const names = Object.keys(glossary) as TermName[];

/** Ends of sentences in a text; a full stop inside a number or a name is none. */
const sentenceEnds = (text: string): number => text.match(/[.!?](?=\s|$)/g)?.length ?? 0;

describe('the glossary', () => {
  it.each(names)('explains %s in one short sentence', (name) => {
    const { term, says } = glossary[name];
    expect(term).toMatch(/^[A-Z0-9]/);
    expect(sentenceEnds(says)).toBe(1);
    expect(says).toMatch(/^[A-Z0].*\.$/);
    expect(says.length).toBeLessThanOrEqual(240);
  });

  it('writes every formula as MathML that says what it was made from nowhere', () => {
    const formulas = names.flatMap((name) => glossary[name].formula ?? []);
    expect(formulas.length).toBeGreaterThan(5);
    for (const formula of formulas) {
      expect(formula).toMatch(/^<math [^>]*display="block"[^>]*>.*<\/math>$/);
      expect(formula).not.toMatch(/katex|annotation|merror|\\/);
    }
  });

  it('leads from a card only to other cards, each once', () => {
    for (const name of names) {
      const see = glossary[name].see ?? [];
      expect(new Set(see).size, name).toBe(see.length);
      for (const other of see) {
        expect(names, `${name} leads to ${other}`).toContain(other);
        expect(other).not.toBe(name);
      }
    }
  });
});
