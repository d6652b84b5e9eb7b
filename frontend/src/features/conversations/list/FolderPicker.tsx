import { Popover, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { LibraryResponse } from '../../../ipc/generated';
import { changeFilters, useView } from '../view';
import classes from './Folder.module.css';
import { FolderIcon, useFolderLabel } from './FolderName';
import { FolderTree } from './FolderTree';

/** Which part of the data folder is listed: a button that opens the tree of its folders. */
export function FolderPicker({ library }: { library: LibraryResponse }) {
  const { folder } = useView().filters;
  const label = useFolderLabel();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (name: string) => {
    changeFilters({ folder: name });
    setOpened(false);
    button.current?.focus();
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={320}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <UnstyledButton ref={button} className={classes.button} onClick={() => setOpened(!opened)}>
          <FolderIcon name={folder} />
          <Text span truncate fw={550}>
            {label(folder)}
          </Text>
          <IconChevronDown size={16} aria-hidden className={classes.chevron} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <FolderTree library={library} chosen={folder} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}
