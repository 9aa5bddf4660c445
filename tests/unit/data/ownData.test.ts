import { describe, expect, it } from 'vitest';
import { splitTargets } from '../../../src/data/make.ts';
import { fromAxis, ownData, suggestChoice, toAxis } from '../../../src/data/ownData.ts';
import { readTable } from '../../../src/data/table.ts';
import { InputError } from '../../../src/errors.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { evaluate } from '../../../src/training/evaluate.ts';
import { Trainer } from '../../../src/training/trainer.ts';

const chosen = (text: string) => {
  const { x, y, label, task } = suggestChoice(readTable(text));
  return [x, y, label, task];
};

describe('the columns that are probably meant', () => {
  it.each<[what: string, text: string, choice: unknown[]]>([
    ['two numbers and a class', 'x,y,c\n.5,1,a\n2.5,3,b', [0, 1, 2, 'classes']],
    ['a class first', 'c,x,y\na,.5,1\nb,2.5,3', [1, 2, 0, 'classes']],
    ['a class as a number', 'x,y,c\n.5,1.5,0\n2.5,3.5,1', [0, 1, 2, 'classes']],
    ['exclusive or, all of it 0 and 1', 'x,y,c\n0,0,0\n0,1,1\n1,0,1\n1,1,0', [0, 1, 2, 'classes']],
    [
      'more columns, a name and an index',
      'id,name,x,y,z,c\n1,ann,.5,1,2,a\n2,bob,.6,1.5,2,b\n3,cem,.7,1.5,3,b\n4,dee,.8,1,1,a\n5,eve,1,1,1,a\n6,flo,2,1,1,a',
      [2, 3, 5, 'classes'],
    ],
    ['an index that is needed', 'i,x,c\n1,.5,a\n2,.6,b\n3,.5,a', [0, 1, 2, 'classes']],
    ['a value to be learned', 'x,y,v\n.5,1.5,.1\n2.5,3.5,.7\n1,2,.3', [0, 1, 2, 'regression']],
  ])('%s', (_, text, choice) => {
    expect(chosen(text)).toEqual(choice);
  });
});

describe('own data', () => {
  const table = readTable(
    'w,x,y,c\n7,100,1e-5,green\n7,300,3e-5,red\n7,150,5e-5,blue\n7,200,2e-5,red',
  );

  it('fills the square of the data, and the maps lead back to the values', () => {
    const { axes, names, ...data } = ownData(table, suggestChoice(table));
    expect(names).toEqual({ x: 'w', y: 'x', label: 'c' });
    if (data.task !== 'classes') throw new Error('these are classes');
    const { points, labels } = data.samples;
    // A column of equal values lies in the middle.
    expect([...points].filter((_, i) => i % 2 === 0)).toEqual([0, 0, 0, 0]);
    expect([...points].filter((_, i) => i % 2 === 1)).toEqual([-0.9, 0.9, -0.45, 0]);
    expect(data.classes).toEqual(['blue', 'green', 'red']);
    expect([...labels]).toEqual([1, 2, 0, 2]);
    for (const value of [100, 123.5, 300])
      expect(fromAxis(axes[1], toAxis(axes[1], value))).toBeCloseTo(value, 10);
  });

  it('keeps to the square at the ends of the range of numbers', () => {
    for (const [low, high] of [
      ['-1.7e308', '1.7e308'],
      ['5e-324', '1e-323'],
    ]) {
      const wide = readTable(`x,y,c\n${low},0.5,a\n${high},1,b\n`);
      const { samples } = ownData(wide, { x: 0, y: 1, label: 2, task: 'classes' });
      for (const z of samples.points) expect(Math.abs(z)).toBeLessThanOrEqual(0.9 + 1e-15);
    }
  });

  it('numbers as classes are in their order, others in that of the alphabet, 10 after 9', () => {
    const classes = (...labels: string[]) => {
      const text = labels.map((label, i) => `${i}.5,${i},${label}`).join('\n');
      const data = ownData(readTable(text), { x: 0, y: 1, label: 2, task: 'classes' });
      return data.task === 'classes' && data.classes;
    };
    expect(classes('10', '9', '-1')).toEqual(['-1', '9', '10']);
    expect(classes('c10', 'c9', 'b')).toEqual(['b', 'c9', 'c10']);
    expect(classes('01', 'x', 'y')).toEqual(['01', 'x', 'y']);
  });

  it('refuses a choice that makes no sense', () => {
    for (const [x, y, label, says] of [
      [1, 1, 3, /three different columns/],
      [3, 1, 0, /column 4 \("c"\) holds text/],
      [1, 2, 9, /column 10/],
      [1, 2, 0, /one class only, "7"/],
    ] as const) {
      const read = () => ownData(table, { x, y, label, task: 'classes' });
      expect(read).toThrow(InputError);
      expect(read).toThrow(says);
    }
    expect(() => ownData(table, { x: 0, y: 1, label: 3, task: 'regression' })).toThrow(
      /holds text/,
    );
  });

  it('of values can be split and learned', () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const [x, y] = [Math.sin(i), Math.cos(2.5 * i)];
      return `${100 * x},${y},${1000 + 50 * x - 20 * y}`;
    });
    const whole = readTable(`x,y,v\n${rows.join('\n')}`);
    const data = ownData(whole, suggestChoice(whole));
    if (data.task !== 'regression') throw new Error('these are values');
    expect([Math.min(...data.samples.targets), Math.max(...data.samples.targets)]).toEqual([-1, 1]);
    const { train, test } = splitTargets(data.samples, 0.7, 1);
    expect([train.count, test.count]).toEqual([42, 18]);
    const seen = [train, test].flatMap(({ points, targets }) =>
      Array.from(targets, (t, i) => [points[2 * i], points[2 * i + 1], t].join()),
    );
    const { points, targets } = data.samples;
    const given = Array.from(targets, (t, i) => [points[2 * i], points[2 * i + 1], t].join());
    expect(seen.sort()).toEqual(given.sort());
    const net = createNetwork({ widths: [2, 8, 1], negativeSlope: 0, initialiser: 'he', seed: 1 });
    const config = { optimiser: 'adam', learningRate: 0.01, batchSize: 8, l1: 0, l2: 0, seed: 1 };
    const trainer = new Trainer(net, train, { ...config, loss: 'squared' });
    for (let i = 0; i < 2000; i++) trainer.step();
    expect(evaluate(trainer.network, test, 'squared').loss).toBeLessThan(0.01);
  });
});
