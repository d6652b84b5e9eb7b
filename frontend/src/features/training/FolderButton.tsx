import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../ipc/client';
import { useAbout } from '../../ipc/settings';

interface Props {
  label: string;
  start: string;
  onChosen: (path: string) => void;
}

/** Opens the system's dialog to pick a folder; not there in a browser, which has none. */
export function FolderButton({ label, start, onChosen }: Props) {
  const face = useAbout().data?.face;
  const choose = useMutation({
    mutationFn: () => call('app_choose_folder', { start }),
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
