import { expect, it } from 'vitest';
import { placeAfterKey } from './listKeys';

it.each([
  ['ArrowDown', 5, 6],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 5, 4],
  ['ArrowUp', 0, 0],
  ['PageDown', 5, 15],
  ['PageDown', 95, 99],
  ['PageUp', 5, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['Enter', 50, undefined],
  ['a', 50, undefined],
])('%s at %i leads to %s', (key, place, expected) => {
  expect(placeAfterKey(key, place, 100, 10)).toBe(expected);
});
