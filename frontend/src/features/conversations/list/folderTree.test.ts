import { describe, expect, it } from 'vitest';
import { foldersAround, folderTree, visibleFolders } from './folderTree';

const counts = [
  { name: '_system/master/chat_sessions', entries: 1 },
  { name: 'chats', entries: 2 },
  { name: 'un2/default/articles', entries: 3 },
  { name: 'un2/default/conversations', entries: 40 },
  { name: 'un2/sa/functions', entries: 5 },
];

describe('the tree of folders', () => {
  const tree = folderTree(counts);

  it('counts what lies below, and has the chats first', () => {
    expect(tree.map(({ name, entries }) => [name, entries])).toEqual([
      ['chats', 2],
      ['_system', 1],
      ['un2', 48],
    ]);
    expect(
      tree[2]?.children.map(({ name, label, level, entries }) => [name, label, level, entries]),
    ).toEqual([
      ['un2/default', 'default', 2, 43],
      ['un2/sa', 'sa', 2, 5],
    ]);
  });

  it('shows what lies in open folders', () => {
    const shown = visibleFolders(tree, new Set(['un2', 'un2/default']));
    expect(shown.map(({ name }) => name)).toEqual([
      'chats',
      '_system',
      'un2',
      'un2/default',
      'un2/default/articles',
      'un2/default/conversations',
      'un2/sa',
    ]);
  });

  it('knows the folders around one', () => {
    expect(foldersAround('un2/default/articles')).toEqual(['un2', 'un2/default']);
    expect(foldersAround('chats')).toEqual([]);
  });
});
