import type { FolderCount } from '../../../ipc/generated';

/** A space, a database, a collection or the chats; `name` is what their records begin with. */
export interface Folder {
  name: string;
  label: string;
  level: number;
  entries: number;
  children: Folder[];
}

/** Spaces → databases → collections, and the chats first. */
export function folderTree(counts: readonly FolderCount[]): Folder[] {
  const roots: Folder[] = [];
  for (const { name, entries } of counts) {
    let siblings = roots;
    const parts = name.split('/');
    for (const [depth, label] of parts.entries()) {
      const prefix = parts.slice(0, depth + 1).join('/');
      let folder = siblings.find((sibling) => sibling.name === prefix);
      if (folder === undefined) {
        folder = { name: prefix, label, level: depth + 1, entries: 0, children: [] };
        siblings.push(folder);
      }
      folder.entries += entries;
      siblings = folder.children;
    }
  }
  return roots.sort((a, b) => Number(b.name === 'chats') - Number(a.name === 'chats'));
}

/** The folders in sight, from top to bottom: those in an open one. */
export function visibleFolders(tree: readonly Folder[], open: ReadonlySet<string>): Folder[] {
  return tree.flatMap((folder) => [
    folder,
    ...(open.has(folder.name) ? visibleFolders(folder.children, open) : []),
  ]);
}

/** The folders around one: `un2/default` → `un2`. */
export function foldersAround(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
