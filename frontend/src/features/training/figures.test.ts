import { describe, expect, it } from 'vitest';
import { figuresOf } from './figures';

describe('the numbers of a training', () => {
  const english = figuresOf('en');
  const french = figuresOf('fr');

  it('are written as the language writes them', () => {
    expect([english.loss(1.23456), french.loss(1.23456)]).toEqual(['1.235', '1,235']);
    expect([english.gibibytes(8.25 * 2 ** 30), french.gibibytes(8.25 * 2 ** 30)]).toEqual([
      '8.3\u00a0GiB',
      '8,3\u00a0Gio',
    ]);
    expect([1000, 3.5 * 2 ** 20, 0.0999 * 2 ** 30, 0.1 * 2 ** 30].map(english.gibibytes)).toEqual([
      '< 0.1\u00a0MiB',
      '3.5\u00a0MiB',
      '102.3\u00a0MiB',
      '0.1\u00a0GiB',
    ]);
    expect(french.gibibytes(3.5 * 2 ** 20)).toBe('3,5\u00a0Mio');
    expect(english.amount(41_900_000)).toBe('41.9M');
  });

  it('write a learning rate as everybody does', () => {
    expect([2e-4, 1.5e-5, 0.05, 0].map(english.rate)).toEqual(['2e-4', '1.5e-5', '0.05', '0']);
    expect([1.98765e-5, 9.999e-3].map(french.rate)).toEqual(['1,99e-5', '0,01']);
  });
});
