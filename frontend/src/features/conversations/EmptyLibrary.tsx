import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LibraryResponse } from '../../ipc/generated';
import { ChooseFolderButton } from '../settings/ChooseFolderButton';
import { DemoMaker } from '../welcome/DemoMaker';
import classes from './EmptyLibrary.module.css';
import { UnusableDocuments } from './list/UnusableDocuments';

interface Props {
  library: LibraryResponse;
  onReadAgain: () => void;
}

/** A folder with nothing to read in it: what one with data looks like, and what to do. */
export function EmptyLibrary({ library, onReadAgain }: Props) {
  const { t } = useTranslation();
  return (
    <section className={classes.panel}>
      <Stack gap="md" maw="40rem">
        <div>
          <Title order={2} size="h4">
            {t('conversations.empty.title')}
          </Title>
          <Text size="sm" ff="monospace" c="var(--ink-soft)" className={classes.path}>
            {library.root}
          </Text>
        </div>
        <Text size="sm">{t('conversations.empty.text')}</Text>
        <Tree />
        <div>
          <UnusableDocuments root={library.root} count={library.unusable} />
        </div>
        <Group gap="sm">
          <ChooseFolderButton label={t('conversations.empty.choose')} start={library.root} />
          <Button variant="default" leftSection={<IconRefresh size={17} />} onClick={onReadAgain}>
            {t('conversations.readAgain')}
          </Button>
        </Group>
        <DemoMaker />
      </Stack>
    </section>
  );
}

const lines = [
  { path: 'chats/', depth: 0, word: 'chats' },
  { path: 'main_session.json', depth: 1, word: null },
  { path: 'un2/', depth: 0, word: 'space' },
  { path: 'default/', depth: 1, word: 'database' },
  { path: 'collections/', depth: 2, word: null },
  { path: 'conversations/', depth: 3, word: 'collection' },
  { path: '….json', depth: 4, word: 'document' },
] as const;

function Tree() {
  const { t } = useTranslation();
  return (
    <ul className={classes.tree} aria-label={t('conversations.empty.tree')}>
      {lines.map(({ path, depth, word }) => (
        <li key={path} style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
          <code>{path}</code>
          {word !== null && <span>{t(`conversations.empty.${word}`)}</span>}
        </li>
      ))}
    </ul>
  );
}
