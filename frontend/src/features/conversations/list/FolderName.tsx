import {
  IconDatabase,
  IconFolder,
  IconLibrary,
  IconMessages,
  IconPlanet,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Folder.module.css';

const byDepth = [IconLibrary, IconPlanet, IconDatabase, IconFolder];

export function FolderIcon({ name }: { name: string }) {
  const depth = name === '' ? 0 : name.split('/').length;
  const Icon = name === 'chats' ? IconMessages : (byDepth[depth] ?? IconFolder);
  return <Icon size={16} stroke={1.6} aria-hidden className={classes.icon} />;
}

/** What a folder is called: by its path, or by its own name where it stands in a tree. */
export function useFolderLabel(): (path: string, name?: string) => string {
  const { t } = useTranslation();
  return (path, name = path) => {
    if (path === '') {
      return t('conversations.folder.all');
    }
    return path === 'chats' ? t('conversations.folder.chats') : name;
  };
}
