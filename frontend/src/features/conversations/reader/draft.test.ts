import { describe, expect, it } from 'vitest';
import { given, turn } from '../testing';
import { draftOf, givenBy, isChanged } from './draft';

describe('the draft of a correction', () => {
  const plain = turn({ index: 1, content: 'As given ' });

  it('begins with the answer and the rating in force', () => {
    expect(draftOf(turn({ index: 1, content: 'Text', rating: 4.5, ratingInData: 4.5 }))).toEqual({
      text: 'Text',
      rating: 4.5,
      tags: [],
      note: '',
    });
    expect(draftOf(plain).rating).toBe(2);
  });

  it('begins with what was said before', () => {
    const said = given(3, { correction: 'Better', tags: ['t'], note: 'why' });
    const draft = draftOf(turn({ index: 1, rating: 3, given: said }));
    expect(draft).toEqual({ text: 'Better', rating: 3, tags: ['t'], note: 'why' });
    expect(givenBy(draft, turn({ index: 1, given: said }))).toEqual(said);
  });

  it('corrects nothing while the text is the answer itself, or none', () => {
    const draft = draftOf(plain);
    expect(givenBy(draft, plain).correction).toBe('');
    expect(givenBy({ ...draft, text: 'As given' }, plain).correction).toBe('');
    expect(givenBy({ ...draft, text: '  ' }, plain).correction).toBe('');
    expect(givenBy({ ...draft, text: ' Better\n' }, plain).correction).toBe('Better');
  });

  it('knows whether anything would be lost', () => {
    const draft = draftOf(plain);
    expect(isChanged(draft, plain)).toBe(false);
    expect(isChanged({ ...draft, tags: ['t'] }, plain)).toBe(true);
    expect(isChanged({ ...draft, rating: 1 }, plain)).toBe(true);
  });
});
