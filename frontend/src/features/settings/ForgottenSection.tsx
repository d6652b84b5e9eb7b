import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { call } from '../../ipc/client';
import { RecordLink } from '../conversations/RecordLink';
import { askAgainAfterForgetting, forgottenQuery } from '../pastExports/forget/forgotten';
import classes from './ForgottenSection.module.css';
import { SettingsSection } from './SettingsSection';

/** What was forgotten in the data folder, and the way back; nothing where nothing was. */
export function ForgottenSection({ folder }: { folder: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const said = useRef<HTMLParagraphElement>(null);
  const query = useQuery(forgottenQuery(folder));
  const takeBack = useMutation({
    mutationFn: (id: string) => call('forgotten_take_back', { id }),
    onSuccess: (response) => {
      queries.setQueryData(forgottenQuery(folder).queryKey, response);
      void askAgainAfterForgetting(queries);
    },
  });
  const left = takeBack.data;
  useEffect(() => {
    // The button that was pressed goes away with its record.
    if (left !== undefined) {
      said.current?.focus();
    }
  }, [left]);
  const records = query.data?.records ?? [];
  const error = takeBack.error ?? query.error;
  if (records.length === 0 && error === null && !takeBack.isSuccess) {
    return null;
  }
  return (
    <SettingsSection title={t('settings.forgotten')} lead={t('settings.forgottenLead')}>
      {error !== null && <FailureNote error={error} />}
      <Text ref={said} size="sm" role="status" tabIndex={-1} className={classes.said}>
        {takeBack.isSuccess && t('exports.forgetting.takenBack')}
      </Text>
      <ul className={classes.records}>
        {records.map(({ id, record }) => (
          <li key={id}>
            <code>
              <RecordLink record={record} />
            </code>
            <Button
              flex="none"
              size="compact-xs"
              variant="default"
              disabled={takeBack.isPending}
              aria-label={t('settings.takeBackOf', { record })}
              onClick={() => takeBack.mutate(id)}
            >
              {t('exports.forgetting.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
    </SettingsSection>
  );
}
