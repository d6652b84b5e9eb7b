import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryResponse } from '../../../ipc/generated';
import classes from './Folder.module.css';
import { FolderIcon, useFolderLabel } from './FolderName';
import { type Folder, foldersAround, folderTree, visibleFolders } from './folderTree';

interface Props {
  library: LibraryResponse;
  chosen: string;
  onChoose: (name: string) => void;
}

/** The folders as a tree to be walked with the arrow keys; Enter or a click chooses one. */
export function FolderTree({ library, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const label = useFolderLabel();
  const id = useId();
  const tree = useMemo(() => folderTree(library.folders), [library.folders]);
  const [open, setOpen] = useState(() => new Set([...foldersAround(chosen), ...openFirst(tree)]));
  const [focused, setFocused] = useState(chosen);
  const all = { name: '', label: '', level: 1, entries: library.entries, children: [] };
  const rows: Folder[] = [all, ...visibleFolders(tree, open)];
  const current = rows.find((row) => row.name === focused) ?? all;

  const focus = (row: Folder | undefined) => {
    if (row !== undefined) {
      setFocused(row.name);
      document.getElementById(`${id}${row.name}`)?.focus();
    }
  };
  const setExpanded = (row: Folder, expanded: boolean) => {
    const next = new Set(open);
    next[expanded ? 'add' : 'delete'](row.name);
    setOpen(next);
  };
  const act = (key: string): boolean => {
    const place = rows.indexOf(current);
    const isOpen = open.has(current.name);
    switch (key) {
      case 'ArrowDown':
        focus(rows[place + 1]);
        return true;
      case 'ArrowUp':
        focus(rows[place - 1]);
        return true;
      case 'Home':
        focus(rows[0]);
        return true;
      case 'End':
        focus(rows.at(-1));
        return true;
      case 'ArrowRight':
        isOpen ? focus(current.children[0]) : setExpanded(current, current.children.length > 0);
        return true;
      case 'ArrowLeft':
        isOpen ? setExpanded(current, false) : focus(parentOf(current));
        return true;
      case 'Enter':
      case ' ':
        onChoose(current.name);
        return true;
      default:
        return false;
    }
  };
  const parentOf = (folder: Folder) =>
    rows.find((row) => row.name === foldersAround(folder.name).at(-1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (act(event.key)) {
      event.preventDefault();
    }
  };

  return (
    <div
      role="tree"
      aria-label={t('conversations.folder.label')}
      className={classes.tree}
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's
        <div
          key={row.name}
          id={`${id}${row.name}`}
          role="treeitem"
          className={classes.row}
          style={{ paddingInlineStart: `${row.level * 1.1 - 0.6}rem` }}
          aria-level={row.level}
          aria-selected={row.name === chosen}
          {...(row.children.length > 0 && { 'aria-expanded': open.has(row.name) })}
          tabIndex={row === current ? 0 : -1}
          data-autofocus={row === current || undefined}
          onClick={() => onChoose(row.name)}
        >
          <span
            className={classes.twist}
            aria-hidden
            onClick={(event) => {
              event.stopPropagation();
              setExpanded(row, !open.has(row.name));
            }}
          >
            {row.children.length > 0 &&
              (open.has(row.name) ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />)}
          </span>
          <FolderIcon name={row.name} />
          <span className={classes.label}>{label(row.name, row.label)}</span>
          <span className={classes.count}>{t('conversations.count', { count: row.entries })}</span>
        </div>
      ))}
    </div>
  );
}

/** Small trees are shown whole, of larger ones the spaces. */
function openFirst(tree: readonly Folder[]): string[] {
  const databases = tree.flatMap((space) => space.children);
  const collections = databases.flatMap((database) => database.children);
  const spaces = tree.map((space) => space.name);
  return collections.length > 24
    ? spaces
    : [...spaces, ...databases.map((database) => database.name)];
}
