import { describe, expect, it } from 'vitest';
import { rateShown, rateWritten } from './rate';

describe('a rate', () => {
  it.each([
    [2e-4, '2e-4'],
    [1.2345e-5, '1,2345e-5'],
    [0.05, '0,05'],
    [1, '1'],
  ])('%d is shown as %s', (value, text) => {
    expect(rateShown(value, ',')).toBe(text);
    expect(rateWritten(text, 1e-7, 1)).toBe(value);
  });

  it.each([
    ['2e-4', 2e-4],
    [' 2E-4 ', 2e-4],
    ['0.0002', 2e-4],
    ['0,0002', 2e-4],
    ['.5', 0.5],
    ['1', 1],
    ['2', undefined],
    ['1e-8', undefined],
    ['', undefined],
    ['2e', undefined],
    ['-1e-4', undefined],
    ['1e-4 x', undefined],
    ['Infinity', undefined],
  ])('%j is read', (text, value) => {
    expect(rateWritten(text, 1e-7, 1)).toBe(value);
  });
});
