import { describe, expect, it } from 'vitest';
import { sourceNames } from './sourceNames';

const folders = [
  'chats',
  'un2/default/articles',
  'un2/default/conversations',
  'un2/sa/functions',
  'other/default/notes',
];

describe('the names to choose from', () => {
  it('are all of them at first', () => {
    expect(sourceNames(folders, { spaces: [], databases: [] })).toEqual({
      spaces: ['other', 'un2'],
      databases: ['default', 'sa'],
      collections: ['articles', 'conversations', 'functions', 'notes'],
    });
  });

  it('narrow to what was chosen', () => {
    expect(sourceNames(folders, { spaces: ['un2'], databases: ['sa'] })).toEqual({
      spaces: ['other', 'un2'],
      databases: ['default', 'sa'],
      collections: ['functions'],
    });
    expect(sourceNames(folders, { spaces: ['gone'], databases: [] })).toEqual({
      spaces: ['other', 'un2'],
      databases: [],
      collections: [],
    });
  });
});
