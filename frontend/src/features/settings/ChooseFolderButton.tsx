import { Button, Stack } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { FailureNote } from '../../app/FailureNote';
import { goTo } from '../../app/screens';
import { call } from '../../ipc/client';
import { useAbout, useChangeSettings } from '../../ipc/settings';
import { askForFolder } from './askedForFolder';

interface Props {
  label: string;
  /** Where the dialog begins. */
  start: string;
}

/** Leads to another data folder: by the system's dialog, or in a browser by the field for it. */
export function ChooseFolderButton({ label, start }: Props) {
  const face = useAbout().data?.face;
  const change = useChangeSettings();
  const choose = useMutation({
    mutationFn: () => call('app_choose_folder', { purpose: 'data', start }),
    onSuccess: ({ path }) => path !== null && change.mutate({ dataFolder: path }),
  });
  const lead = () => {
    if (face === 'desktop') {
      choose.mutate();
    } else {
      askForFolder();
      goTo('settings');
    }
  };
  const error = choose.error ?? change.error;
  return (
    <Stack gap="sm">
      <Button
        leftSection={<IconFolderOpen size={18} aria-hidden />}
        style={{ alignSelf: 'center' }}
        loading={choose.isPending || change.isPending}
        onClick={lead}
      >
        {label}
      </Button>
      {error !== null && <FailureNote error={error} />}
    </Stack>
  );
}
