import { describe, expect, it } from 'vitest';
import en from './en.json';
import fr from './fr.json';

type Words = { [key: string]: string | Words };

/** Every entry by its dotted key. */
function flat(words: Words, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(words).map(([key, value]) =>
      typeof value === 'string' ? { [prefix + key]: value } : flat(value, `${prefix}${key}.`),
    ),
  );
}

const placeholders = (text: string) =>
  [...text.matchAll(/{{(\w+)/g)].map((found) => found[1]).sort();

describe('the two catalogues', () => {
  const english = flat(en);
  const french = flat(fr);

  it('have the same keys', () => {
    expect(Object.keys(french).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(english))('%s has the same placeholders and is not empty', (key) => {
    expect(placeholders(french[key] ?? '')).toEqual(placeholders(english[key] ?? ''));
    expect(english[key]?.trim()).not.toBe('');
    expect(french[key]?.trim()).not.toBe('');
  });

  it.each(Object.entries(french))('%s follows French typography', (_key, text) => {
    expect(text).not.toMatch(/'/);
    expect(text).not.toMatch(/[^\u00a0][;?!»]|[^\u00a0\d]:|«[^\u00a0]/);
  });
});
