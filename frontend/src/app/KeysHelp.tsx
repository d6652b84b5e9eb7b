import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './KeysHelp.module.css';

const groups = {
  everywhere: {
    help: ['?'],
    start: ['Ctrl ↵'],
    stop: ['Esc'],
    zoom: ['Ctrl +', 'Ctrl −'],
    resetZoom: ['Ctrl 0'],
  },
  conversations: { search: ['/', 'Ctrl F'], undo: ['Ctrl Z'] },
  list: {
    move: ['↑', '↓'],
    ends: ['home', 'end'],
    page: ['Page ↑', 'Page ↓'],
    open: ['↵'],
    takeOff: ['delete'],
  },
  reader: {
    walk: ['J', 'K', '↓', '↑'],
    rate: ['1', '–', '5'],
    remove: ['0', '⌫'],
    correct: ['C'],
    step: ['N', 'P'],
    asWritten: ['M'],
    leave: ['Esc'],
  },
} as const;

/** What is written on these keys depends on the language. */
const named = ['home', 'end', 'delete'] as const;

/** The keys of all screens. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('keys.close') }}
      size="min(50rem, 94vw)"
    >
      <div className={classes.groups}>
        <div>
          <Group title={t('keys.everywhere')} keys={groups.everywhere}>
            {(name) => t(`keys.key.${name}`)}
          </Group>
          <Group title={t('keys.list')} keys={groups.list}>
            {(name) => t(`keys.key.${name}`)}
          </Group>
        </div>
        <div>
          <Group title={t('screen.conversations')} keys={groups.conversations}>
            {(name) => t(`keys.key.${name}`)}
          </Group>
          <Group title={t('keys.reader')} keys={groups.reader}>
            {(name) => t(`keys.key.${name}`)}
          </Group>
        </div>
      </div>
    </Modal>
  );
}

interface GroupProps<Name extends string> {
  title: string;
  keys: Record<Name, readonly string[]>;
  children: (name: Name) => string;
}

function Group<Name extends string>({ title, keys, children: wordsOf }: GroupProps<Name>) {
  const { t } = useTranslation();
  const written = (key: string) => {
    const name = named.find((each) => each === key);
    return name === undefined ? key : t(`keys.name.${name}`);
  };
  return (
    <Table verticalSpacing={5} withRowBorders={false} className={classes.group}>
      <Table.Caption className={classes.caption}>{title}</Table.Caption>
      <Table.Tbody>
        {(Object.entries(keys) as [Name, readonly string[]][]).map(([name, pressed]) => (
          <Table.Tr key={name}>
            <Table.Th className={classes.keys}>
              {pressed.map((key) => (key === '–' ? ' – ' : <Kbd key={key}>{written(key)}</Kbd>))}
            </Table.Th>
            <Table.Td>{wordsOf(name)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
