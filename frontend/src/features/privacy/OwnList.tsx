import { Button, Group, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { call } from '../../ipc/client';
import type { KnownValuesResponse } from '../../ipc/generated';
import { scanKey } from './findings/useScan';
import { countValues, linesOf } from './ownList';
import classes from './PrivacyScreen.module.css';

const key = ['known-values'];

/** The user's own values to mask: names, projects, customers. Kept in the settings alone. */
export function OwnList() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string>();
  const stored = useQuery({ queryKey: key, queryFn: () => call('privacy_known_values_read', {}) });
  const save = useMutation({
    mutationFn: (text: string) => call('privacy_known_values_write', { lines: linesOf(text) }),
    onSuccess: (response: KnownValuesResponse) => {
      queries.setQueryData(key, response);
      setTyped(undefined);
      queries.removeQueries({ queryKey: scanKey });
      void queries.invalidateQueries({ queryKey: ['export-preview'] });
    },
  });
  const text = typed ?? stored.data?.lines.join('\n') ?? '';
  const error = save.error ?? stored.error;
  return (
    <div className={classes.page}>
      <Text size="sm" c="var(--ink-soft)" maw="44rem">
        {t('privacy.own.help')}
      </Text>
      {error !== null && <FailureNote error={error} />}
      <Textarea
        label={t('privacy.own.label')}
        description={t('privacy.own.format')}
        placeholder={t('privacy.own.example')}
        maw="44rem"
        rows={16}
        spellCheck={false}
        disabled={stored.data === undefined}
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group gap="sm">
        <Button
          disabled={typed === undefined}
          loading={save.isPending}
          onClick={() => save.mutate(text)}
        >
          {t('privacy.own.save')}
        </Button>
        <Text size="sm" c="var(--ink-soft)" role="status">
          {t('privacy.own.count', { count: countValues(text) })}
          {save.isSuccess && typed === undefined && ` · ${t('privacy.own.saved')}`}
        </Text>
      </Group>
    </div>
  );
}
