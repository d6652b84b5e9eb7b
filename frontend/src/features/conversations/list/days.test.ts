import { expect, it } from 'vitest';
import { parseDay } from './days';

it.each([
  ['2025-06-16', '2025-06-16', '2025-06-16'],
  [' 2025-6-1 ', '2025-06-01', '2025-06-01'],
  ['16/06/2025', '2025-06-16', '2025-06-16'],
  ['16.6.2025', '2025-06-16', '2025-06-16'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2/2024', '2024-02-01', '2024-02-29'],
  ['2025', '2025-01-01', '2025-12-31'],
  ['2025-02-30', undefined, undefined],
  ['2025-13', undefined, undefined],
  ['2025-00-01', undefined, undefined],
  ['31/04/2025', undefined, undefined],
  ['yesterday', undefined, undefined],
  ['25-06-16', undefined, undefined],
  ['', undefined, undefined],
])('%j means from %s, or to %s', (typed, since, until) => {
  expect([parseDay(typed, 'since'), parseDay(typed, 'until')]).toEqual([since, until]);
});
