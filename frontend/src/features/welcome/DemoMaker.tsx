import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { call } from '../../ipc/client';
import { isCancelled } from '../../ipc/errors';
import type { TaskProgress } from '../../ipc/generated';
import { settingsKey } from '../../ipc/settings';

/** One click for whoever has no data yet: writes a demo database and opens it. */
export function DemoMaker({ centred = false }: { centred?: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const stopping = useRef(new AbortController());
  const [progress, setProgress] = useState<TaskProgress | null>(null);
  const making = useMutation({
    mutationFn: () => {
      stopping.current = new AbortController();
      setProgress(null);
      return call('demo_create', {}, { signal: stopping.current.signal, onProgress: setProgress });
    },
    onSuccess: (settings) => {
      queries.removeQueries({ queryKey: ['library'] });
      queries.setQueryData(settingsKey, settings);
    },
  });

  if (making.isPending) {
    const share = progress?.total ? (100 * progress.done) / progress.total : 0;
    return (
      <Group w="100%" wrap="nowrap">
        <Progress flex={1} value={share} aria-label={t('demo.making')} />
        <Text size="sm" c="var(--ink-soft)">
          {t('demo.making')}
        </Text>
        <Button size="xs" variant="default" onClick={() => stopping.current.abort()}>
          {t('demo.stop')}
        </Button>
      </Group>
    );
  }
  return (
    <Stack gap="xs" align={centred ? 'center' : 'flex-start'}>
      {making.isError && !isCancelled(making.error) && <FailureNote error={making.error} />}
      <Group gap="sm" justify={centred ? 'center' : 'flex-start'}>
        <Button
          variant="default"
          leftSection={<IconSparkles size={17} stroke={1.7} />}
          onClick={() => making.mutate()}
        >
          {t('demo.make')}
        </Button>
        <Text size="sm" c="var(--ink-soft)">
          {t('demo.help')}
        </Text>
      </Group>
    </Stack>
  );
}
