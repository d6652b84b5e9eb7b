import { Button, Text } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PastExport } from '../../../ipc/generated';
import { useSettings } from '../../../ipc/settings';
import { ForgetDialog } from './ForgetDialog';

interface Props {
  past: PastExport;
  record: string;
  origin: string;
}

/** Leads to forgetting a record; it is forgotten in the data folder that is open, and in no other. */
export function ForgetButton({ past, record, origin }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const folder = useSettings().data?.dataFolder.path;
  if (folder !== past.root) {
    return (
      <Text size="xs" c="var(--ink-soft)">
        {t('exports.forgetting.otherFolder', { folder: past.root })}
      </Text>
    );
  }
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconEraser size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('exports.forgetting.open')}
      </Button>
      {isOpen && (
        <ForgetDialog
          path={past.report.output}
          record={record}
          origin={origin}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
