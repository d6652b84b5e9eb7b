import { describe, expect, it } from 'vitest';
import { placeOfRecord } from './recordName';

describe('the place of a record', () => {
  it('is its document, and the answer that its name ends with', () => {
    expect(placeOfRecord('un2/default/conversations/a#3')).toEqual({
      document: 'un2/default/conversations/a',
      answer: 3,
    });
    expect(placeOfRecord('chats/main')).toEqual({ document: 'chats/main', answer: null });
  });

  it('takes a hash in a file name for a part of it', () => {
    expect(placeOfRecord('chats/note #7 bis')?.document).toBe('chats/note #7 bis');
    expect(placeOfRecord('chats/a#1#22')).toEqual({ document: 'chats/a#1', answer: 22 });
  });

  it('is nowhere for a copy that was kept with a rating', () => {
    expect(placeOfRecord('un2/finetune/feedback/0123')).toBeNull();
  });
});
