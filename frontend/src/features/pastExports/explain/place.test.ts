import { describe, expect, it } from 'vitest';
import { placeOf, placeWritten, rowWritten, sidesOf } from './place';

describe('the sides of a dataset', () => {
  it('are those with rows, in their order', () => {
    expect(sidesOf({ train: 3, val: 0, test: 1 })).toEqual([
      { split: 'train', rows: 3 },
      { split: 'test', rows: 1 },
    ]);
  });
});

describe('a row as a person writes it', () => {
  it.each([
    ['0', undefined],
    ['1', 0],
    [' 12 ', 11],
    ['13', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e1', undefined],
    ['', undefined],
  ])('%j', (written, row) => {
    expect(rowWritten(written, { split: 'train', rows: 12 })).toBe(row);
  });
});

describe('a place as the program writes it', () => {
  it.each([
    ['train:3', { split: 'train', row: 2 }],
    ['a:b:1', { split: 'a:b', row: 0 }],
  ])('%s', (text, place) => {
    expect(placeOf(text)).toEqual(place);
    expect(placeWritten(place)).toBe(text);
  });
});
