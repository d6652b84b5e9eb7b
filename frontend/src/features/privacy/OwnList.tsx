import { Button, Group, Text, Textarea } from '@mantine/core';
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { call } from '../../ipc/client';
import type { KnownValuesResponse } from '../../ipc/generated';
import { previewKey } from '../export/usePreview';
import { scanKey } from './findings/useScan';
import { countValues, linesOf } from './ownList';
import classes from './PrivacyScreen.module.css';

const key = ['known-values'];
const draftKey = ['known-values-draft'];

/** The user's own values to mask: names, projects, customers. Kept in the settings alone. */
export function OwnList() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const { typed, setTyped } = useDraft();
  const stored = useQuery({ queryKey: key, queryFn: () => call('privacy_known_values_read', {}) });
  const save = useMutation({
    mutationFn: (text: string) => call('privacy_known_values_write', { lines: linesOf(text) }),
    onSuccess: (response: KnownValuesResponse) => {
      queries.setQueryData(key, response);
      setTyped(null);
      field.current?.focus(); // the button, which had the focus, rests until something is changed
      queries.removeQueries({ queryKey: scanKey });
      void queries.invalidateQueries({ queryKey: previewKey });
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
        ref={field}
        label={t('privacy.own.label')}
        description={t('privacy.own.format')}
        placeholder={t('privacy.own.example')}
        maw="44rem"
        styles={{ input: { height: 'clamp(8rem, 40vh, 21rem)' } }}
        spellCheck={false}
        disabled={stored.data === undefined}
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group gap="sm">
        <Button
          disabled={typed === null}
          loading={save.isPending}
          onClick={() => save.mutate(text)}
        >
          {t('privacy.own.save')}
        </Button>
        <Text size="sm" c="var(--ink-soft)" role="status">
          {t('privacy.own.count', { count: countValues(text) })}
          {save.isSuccess && typed === null && ` · ${t('privacy.own.saved')}`}
        </Text>
      </Group>
    </div>
  );
}

/** What was typed and not saved yet; it outlives the screen, so that looking elsewhere loses nothing. */
function useDraft() {
  const queries = useQueryClient();
  const { data: typed = null } = useQuery<string | null>({
    queryKey: draftKey,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return { typed, setTyped: (text: string | null) => queries.setQueryData(draftKey, text) };
}
