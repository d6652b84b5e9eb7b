import { Button } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { call } from '../../../ipc/client';
import { askAgainAfterForgetting } from '../../pastExports/forget/forgotten';
import classes from './ForgottenMark.module.css';

interface Props {
  record: string;
  what: 'record' | 'answer';
  /** Takes the focus: the button that was pressed goes away with the mark. */
  onTakenBack: () => void;
}

/** Says that no export will hold what stands here, and takes that back. */
export function ForgottenMark({ record, what, onTakenBack }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const takeBack = useMutation({
    mutationFn: () => call('record_take_back', { record }),
    onSuccess: onTakenBack,
    onSettled: () => askAgainAfterForgetting(queries),
  });
  return (
    <div className={classes.mark} role="note">
      <IconEraser size={15} stroke={1.7} aria-hidden />
      <span>{t(`conversations.forgotten.${what}`)}</span>
      <Button
        size="compact-xs"
        variant="subtle"
        loading={takeBack.isPending}
        onClick={() => takeBack.mutate()}
      >
        {t('exports.forgetting.takeBack')}
      </Button>
      {takeBack.isError && <FailureNote error={takeBack.error} />}
    </div>
  );
}
