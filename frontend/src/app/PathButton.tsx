import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { call } from '../ipc/client';
import type { ChooseFileRequest, ChooseFolderRequest } from '../ipc/generated';
import { useAbout } from '../ipc/settings';

interface Props {
  label: string;
  /** What is picked: a folder for this, or a file for that. */
  purpose: NonNullable<ChooseFolderRequest['purpose']> | ChooseFileRequest['purpose'];
  start: string;
  onChosen: (path: string) => void;
}

/** Opens the system's dialog to pick a folder or file; not there in a browser, which has none. */
export function PathButton({ label, purpose, start, onChosen }: Props) {
  const face = useAbout().data?.face;
  const choose = useMutation({
    mutationFn: () =>
      purpose === 'base_gguf'
        ? call('app_choose_file', { purpose, start })
        : call('app_choose_folder', { purpose, start }),
    onSuccess: ({ path }) => path !== null && onChosen(path),
  });
  if (face !== 'desktop') {
    return null;
  }
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={label}
        loading={choose.isPending}
        onClick={() => choose.mutate()}
      >
        <IconFolderOpen size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
