import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { glossary, type TermName } from '../../../app/explain/glossary/registry.ts';
import { TOUR } from '../../../app/explain/tourSteps.ts';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { BOUND_METHODS } from '../../../src/bounds/methods.ts';
import { zaslavsky } from '../../../src/bounds/regionBounds.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { initialisers } from '../../../src/model/initialisers/registry.ts';
import { optimisers } from '../../../src/training/optimisers/registry.ts';

const names = Object.keys(glossary) as TermName[];

const app = fileURLToPath(new URL('../../../app', import.meta.url));

/** The names that stand in a source of the page outside of the glossary: as a term's, or in a table of terms. */
function placed(): Set<string> {
  const text = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('glossary'))
    .map((file) => readFileSync(join(app, file), 'utf8'))
    .filter((source) => /\bTerm(Name)?\b/.test(source))
    .join('\n');
  return new Set(
    names.filter(
      (name) =>
        new RegExp(`<(Term|Word) name="${name}"`).test(text) || text.includes(`: '${name}',`),
    ),
  );
}

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

  it('puts no fraction between brackets, which do not grow where the browser has no font for formulas', () => {
    for (const name of names) {
      // A small fraction is as high as a line.
      const formula = (glossary[name].formula ?? '').replace(/<mstyle .*?<\/mstyle>/g, '');
      let open = 0;
      for (const [part] of formula.matchAll(/>[()]<|<mfrac/g)) {
        if (part === '<mfrac') expect(open, name).toBe(0);
        else open += part === '>(<' ? 1 : -1;
      }
      expect(open, name).toBe(0);
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

  it('is reached in full: by the words of the page, and by the further terms on their cards', () => {
    const reached = placed();
    // Most terms stand on the page themselves; what is chosen from a list cannot.
    expect(names.filter((name) => !reached.has(name)).sort()).toEqual([
      'adam',
      'dead-neuron',
      'he',
      'he-uniform',
      'lecun',
      'momentum',
      'orthogonal',
      'sawtooth',
      'sgd',
      'step',
      'xavier',
    ]);
    for (const name of reached)
      for (const other of glossary[name as TermName].see ?? []) reached.add(other);
    expect(names.filter((name) => !reached.has(name))).toEqual([]);
  });

  it('explains all that a person can choose by name, each with a card of its own', () => {
    const told = new Set(names.map((name) => glossary[name].term));
    for (const { label } of [...initialisers, ...optimisers]) expect(told).toContain(label);
    for (const { name } of Object.values(BOUND_METHODS)) expect(told).toContain(name);
  });
});

describe('the formulas on the cards', () => {
  it('call a neuron undecided by what its pre-activation can move, not by what its output can', () => {
    const net = createNetwork({
      widths: [2, 8, 8, 1],
      negativeSlope: 0,
      initialiser: 'he',
      seed: 3,
    });
    const { layers } = algorithmOne(net, [0.2, 0.1], 0.3);
    const neurons = layers.flatMap(({ A, U, rawU, S }) =>
      Array.from(A, (a, j) => ({ a, U: U[j], raw: rawU[j], S: S[j] === 1 })),
    );
    for (const { a, raw, S } of neurons) expect(a - raw <= 0 && 0 <= a + raw).toBe(S);
    expect(neurons.some(({ a, U, S }) => (a - U <= 0 && 0 <= a + U) !== S)).toBe(true);
    expect(glossary.undecided.formula).toMatch(/(raw.*){2}/);
  });

  it('give Zaslavsky’s product in the plane as the page computes it', () => {
    for (let n = 0; n <= 40; n++)
      expect(zaslavsky([n, 5], 2)).toBe(BigInt(16 * (1 + n + (n * (n - 1)) / 2)));
  });
});

describe('the tour', () => {
  it('takes a minute: eight steps at most, of thirty words at most', () => {
    expect(TOUR.length).toBeGreaterThanOrEqual(6);
    expect(TOUR.length).toBeLessThanOrEqual(8);
    for (const { title, says } of TOUR) {
      expect(says.split(/\s+/).length, title).toBeLessThanOrEqual(30);
      expect(says, title).toMatch(/^[A-Z].*\.$/);
    }
  });
});
