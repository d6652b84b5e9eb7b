import { expect, it } from 'vitest';
import { countValues, linesOf } from './ownList';

it.each([
  ['', 0],
  ['\n \n', 0],
  ['# customers\nAcme\n\n  # no\nProjet Lune', 2],
])('%j holds %d values', (text, count) => {
  expect(countValues(text)).toBe(count);
});

it.each([
  ['', []],
  ['\n\n', []],
  ['\n# a\n\nb\n\n', ['', '# a', '', 'b']],
])('%j is stored as %j', (text, lines) => {
  expect(linesOf(text)).toEqual(lines);
});
