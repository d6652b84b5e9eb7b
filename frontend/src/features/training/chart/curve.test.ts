import { describe, expect, it } from 'vitest';
import { lowest, nearest, thinned } from './curve';
import { rangeOf, scaleOf, ticksOf } from './scale';

const points = [4, 2, 3, 1, 5].map((value, place) => ({ step: place + 1, value }));

describe('a curve', () => {
  it('stays as it is where it has room', () => {
    expect(thinned(points, 5)).toEqual(points);
  });

  it('is thinned to means that end at the last step', () => {
    expect(thinned(points, 3)).toEqual([
      { step: 2, value: 3 },
      { step: 4, value: 2 },
      { step: 5, value: 5 },
    ]);
  });

  it('knows its nearest and its lowest point', () => {
    expect(nearest(points, 3.2)).toEqual({ step: 3, value: 3 });
    expect(nearest([], 3)).toBeUndefined();
    expect(lowest(points)).toEqual({ step: 4, value: 1 });
    expect(lowest([])).toBeUndefined();
  });
});

describe('a scale', () => {
  it.each([
    [{ low: 0, high: 100 }, 5, [0, 20, 40, 60, 80, 100]],
    [{ low: 0.05, high: 0.42 }, 4, [0.1, 0.2, 0.3, 0.4]],
    [{ low: 1, high: 30 }, 5, [10, 20, 30]],
    [{ low: 2, high: 2 }, 4, [2]],
  ])('%j has about %d round numbers', (range, count, expected) => {
    expect(ticksOf(range, count)).toEqual(expected);
  });

  it('has whole steps only, where asked', () => {
    expect(ticksOf({ low: 0, high: 3 }, 8, 1)).toEqual([0, 1, 2, 3]);
  });

  it('leaves a little air around the values, but none below 0', () => {
    expect(rangeOf([1, 2])).toEqual({ low: 0.92, high: 2.08 });
    expect(rangeOf([0.01, 1]).low).toBe(0);
    expect(rangeOf([Number.NaN])).toEqual({ low: 0, high: 1 });
  });

  it('goes from one place to the other', () => {
    const scale = scaleOf({ low: 0, high: 10 }, 100, 0);
    expect([scale(0), scale(5), scale(10)]).toEqual([100, 50, 0]);
  });
});
