import { describe, expect, it } from 'vitest';
import { formatDay, formatMoment, formatRating, formatTime } from './format';

const local = (moment: string) =>
  new Date(moment).toLocaleTimeString('en-GB', { timeStyle: 'short' });

describe('dates', () => {
  it('are written as the language does', () => {
    expect(formatDay('2025-06-16T11:36:39.224', 'en')).toBe('16 Jun 2025');
    expect(formatDay('2025-06-16', 'fr')).toBe('16 juin 2025');
    expect(formatMoment('2025-06-16', 'en')).toBe('16 June 2025');
  });

  it('have nine digits after the second sometimes', () => {
    const time = local('2025-06-16T11:36:39Z');
    expect(formatTime('2025-06-16T11:36:39.123456789', 'en')).toBe(time);
    expect(formatMoment('2025-06-16T11:36:39.123456789', 'en')).toBe(`16 June 2025 at ${time}`);
  });

  it.each(['', 'yesterday', '2025-99-99'])('are nothing where there is none: %j', (date) => {
    expect(formatDay(date, 'fr')).toBe('');
    expect(formatTime(date, 'fr')).toBe('');
  });

  it('of a day alone tell no time', () => {
    expect(formatTime('2025-06-16', 'en')).toBe('');
  });
});

describe('ratings', () => {
  it('have one digit after the point', () => {
    expect([formatRating(11 / 3, 'en'), formatRating(4.5, 'fr'), formatRating(5, 'fr')]).toEqual([
      '3.7',
      '4,5',
      '5',
    ]);
  });
});
