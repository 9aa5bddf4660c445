import { describe, expect, it } from 'vitest';
import { layerWidthField } from '../../../src/settings/compound.ts';
import {
  type NumberField,
  nextPage,
  nextValue,
  sliderPosition,
  sliderValue,
} from '../../../src/settings/field.ts';
import { readLink, writeLink } from '../../../src/settings/link.ts';
import { initialSettings, schema, settingKeys } from '../../../src/settings/schema.ts';

const fields: [string, NumberField][] = [
  ...settingKeys
    .map((key) => [key, schema[key] as unknown as NumberField] as [string, NumberField])
    .filter(([, field]) => typeof field.initial === 'number'),
  ['layer', layerWidthField('Layer 1')],
];

describe.each(fields)('the control of “%s”', (_, field) => {
  const places = Array.from({ length: 501 }, (_, i) => i / 500);

  it('goes from the least value to the greatest, and nowhere beyond', () => {
    expect(sliderValue(field, 0)).toBe(field.min);
    expect(sliderValue(field, 1)).toBe(field.max);
    for (const place of places) {
      const value = sliderValue(field, place);
      expect(value).toBeGreaterThanOrEqual(field.min);
      expect(value).toBeLessThanOrEqual(field.max);
      expect(field.read(field.write(value))).toEqual({ value });
    }
  });

  it('moves with every arrow and every page, from any value, until the limit', () => {
    const from = [...places.map((place) => sliderValue(field, place)), field.initial];
    for (const value of from)
      for (const next of [nextValue, nextPage]) {
        if (value < field.max) expect(next(field, value, 1)).toBeGreaterThan(value);
        else expect(next(field, value, 1)).toBe(field.max);
        if (value > field.min) expect(next(field, value, -1)).toBeLessThan(value);
        else expect(next(field, value, -1)).toBe(field.min);
      }
  });

  it('stands where its value is', () => {
    for (const place of places) {
      const value = sliderValue(field, place);
      expect(sliderValue(field, sliderPosition(field, value))).toBe(value);
    }
  });
});

describe('a control', () => {
  it('of a layer cannot ask for a width that the link refuses', () => {
    const field = layerWidthField('Layer 1');
    for (let tick = 0; tick <= 1000; tick++) {
      const net = [2, sliderValue(field, tick / 1000), 1];
      expect(readLink(writeLink({ ...initialSettings, net })).problems).toEqual([]);
    }
  });

  it('of a seed of ten digits goes to the next one', () => {
    expect(nextValue(schema.seed, 1234567890, 1)).toBe(1234567891);
  });

  it('keeps what was typed between two steps, and goes on from there', () => {
    expect(nextValue(schema.n, 305, 1)).toBe(315);
    expect(nextValue(schema.noise, 0.123, -1)).toBe(0.113);
  });
});
