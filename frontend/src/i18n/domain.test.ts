import { describe, expect, it } from 'vitest';
import { domainText, ruleName, saidBySystem } from './domain';

describe('the words shared with the command line', () => {
  it('are found in both languages', () => {
    expect(domainText('en', 'fate.unrated')).toBe('Unrated');
    expect(domainText('fr', 'fate.unrated')).toBe('Non notés');
  });

  it('have their placeholders filled, with the text as it is', () => {
    const filled = domainText('en', 'notice.split_empty', { rows: '3', split: '$& {rows}' });
    expect(filled).toBe(
      'The data is small (3 rows): no row fell into “$& {rows}”, so that file was not written.',
    );
  });

  it.each([
    ['en', '0', '0 rows'],
    ['en', '1', '1 row)'],
    ['fr', '0', '0 ligne)'],
    ['fr', '1', '1 ligne)'],
    ['fr', '2', '2 lignes)'],
  ])('have their forms: in %s for %s', (language, rows, words) => {
    expect(domainText(language, 'notice.split_empty', { rows, split: 'val' })).toContain(words);
  });

  it('show the key of an entry that this page does not know yet', () => {
    expect(domainText('en', 'fate.from_the_future')).toBe('fate.from_the_future');
  });
});

describe('the name of a rule', () => {
  it('is in the language of the user', () => {
    expect(ruleName('en', 'password-cue')).toBe('After “password” or the like');
    expect(ruleName('fr', 'password-cue')).toBe('Après «\u00a0mot de passe\u00a0» ou équivalent');
  });

  it('of another version stands for itself', () => {
    expect(ruleName('fr', 'from-the-future')).toBe('from-the-future');
  });
});

describe('why the system refused', () => {
  it.each([
    ['fr', 'Permission denied', 'accès refusé'],
    ['en', 'Permission denied', 'Permission denied'],
    ['fr', 'Something new', 'Something new'],
  ])('is told in the language of the user: in %s for %s', (language, words, told) => {
    expect(saidBySystem(language, words)).toBe(told);
  });
});
