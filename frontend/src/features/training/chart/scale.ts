/** Where a value of a range of numbers stands between two places on the screen. */
export type Scale = (value: number) => number;

export interface Range {
  low: number;
  high: number;
}

export function scaleOf({ low, high }: Range, from: number, to: number): Scale {
  const span = high - low || 1;
  return (value) => from + ((value - low) / span) * (to - from);
}

const STEPS = [1, 2, 5, 10];

/** Round numbers within a range, about as many as asked for, and no closer than `least`. */
export function ticksOf({ low, high }: Range, count: number, least = 0): number[] {
  const rough = (high - low || 1) / Math.max(count, 1);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(magnitude * (STEPS.find((each) => each * magnitude >= rough) ?? 10), least);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // A multiple of 0.1 is 0.30000000000000004: written with few digits, it is 0.3.
  return Array.from({ length: last - first + 1 }, (_, place) =>
    Number(((first + place) * step).toPrecision(12)),
  );
}

/** The range of values with a little air on both sides; losses are never below 0. */
export function rangeOf(values: readonly number[]): Range {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) {
    return { low: 0, high: 1 };
  }
  const [lowest, highest] = [Math.min(...finite), Math.max(...finite)];
  const air = (highest - lowest || Math.abs(highest) || 1) * 0.08;
  return { low: Math.max(0, lowest - air), high: highest + air };
}
