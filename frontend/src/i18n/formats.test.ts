import { describe, expect, it } from 'vitest';
import { formatsOf } from './formats';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers, sizes and times', () => {
  const en = formatsOf('en');
  const fr = formatsOf('fr');

  it('follow the language', () => {
    expect(en.number(1240)).toBe('1,240');
    expect(plain(fr.number(1240))).toBe('1 240');
    expect(plain(en.estimate(67_441))).toBe('≈ 67,000');
    expect(plain(fr.estimate(1249))).toBe('≈ 1 200');
    expect(en.rounded(67_441)).toBe('67,000');
    expect(plain(en.estimate(7))).toBe('≈ 7');
    expect(en.percent(0.125)).toBe('12.5%');
    expect(plain(fr.percent(0.1))).toBe('10 %');
    expect(en.percent(0)).toBe('0%');
    expect([en.percentSign, plain(fr.percentSign)]).toEqual(['%', ' %']);
    expect([en.decimalSeparator, fr.decimalSeparator]).toEqual(['.', ',']);
    expect(en.percent(0.00003)).toBe('< 0.1%');
  });

  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1000, '1 kB'],
    [2_412_345, '2.4 MB'],
    [5e12, '5,000 GB'],
  ])('%d bytes', (count, text) => {
    expect(en.bytes(count)).toBe(text);
  });

  it.each([
    [0.2, '1 sec'],
    [59, '59 secs'],
    [200, '3 mins 20 secs'],
    [180, '3 mins'],
    [3600, '1 hr'],
    [3900, '1 hr 5 mins'],
  ])('%d seconds', (seconds, text) => {
    expect(en.duration(seconds)).toBe(text);
  });

  it.each([
    ['en', '16 Jun 2025, 14:05'],
    ['fr', '16 juin 2025, 14:05'],
  ])('a moment in %s has the day first and 24 hours', (language, text) => {
    expect(plain(formatsOf(language).moment(new Date(2025, 5, 16, 14, 5).toISOString()))).toBe(
      text,
    );
  });
});
