import { expect, it } from 'vitest';
import { screenOf } from './screens';

it.each([
  ['', 'conversations'],
  ['#/settings', 'settings'],
  ['#/export', 'export'],
  ['#/nonsense', 'conversations'],
  ['#token=abc', 'conversations'],
])('the address %j shows %s', (hash, screen) => {
  expect(screenOf(hash)).toBe(screen);
});
