/** A number on an axis, and how it is written. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}

/**
 * Round numbers in [min, max]: multiples of 1, 2 or 5 times a power of ten, about `count` of them, written with the digits
 * that tell them apart. None where 64-bit numbers cannot tell them apart.
 */
export function ticks(min: number, max: number, count: number): Tick[] {
  const rough = (max - min) / count;
  const power = Math.floor(Math.log10(rough));
  const unit = 10 ** power;
  const factor = [1, 2, 5, 10].find((f) => f * unit >= rough) ?? 10;
  const step = factor * unit;
  const first = Math.ceil(min / step);
  const last = Math.floor(max / step);
  if (!(last - first < 4 * count) || first + 1 === first) return [];
  const decimals = Math.max(0, -power - (factor === 10 ? 1 : 0));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    const far = Math.abs(value) >= 1e6 || decimals > 6;
    return {
      value,
      text: far ? `${Number(value.toPrecision(12))}` : (value + 0).toFixed(decimals),
    };
  });
}
