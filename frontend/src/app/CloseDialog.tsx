import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { isTauri } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProgressText } from '../features/export/output/useProgressText';
import type { Job } from '../features/export/session/job';
import { useExportJob } from '../features/export/session/RunningExport';
import { call } from '../ipc/client';
import { nameOf } from './nameOf';

/** The jobs that have words of their own, by their commands. */
const described = ['ai_export_dataset', 'demo_create', 'record_forget'] as const;
type Described = (typeof described)[number] | 'other';

/** Asks before the window closes on running jobs: stay, close when they are done, or stop them. */
export function CloseDialog() {
  const { t } = useTranslation();
  const [jobs, setJobs] = useState<readonly Described[]>([]);
  const [waiting, setWaiting] = useState<AbortController | null>(null);
  useEffect(() => {
    if (!isTauri()) {
      return;
    }
    const stop = listen<string[]>('close-requested', ({ payload }) => setJobs(describe(payload)));
    return () => void stop.then((unlisten) => unlisten());
  }, []);

  const stay = () => {
    waiting?.abort();
    setWaiting(null);
    setJobs([]);
  };
  const closeWhenDone = async () => {
    const controller = new AbortController();
    setWaiting(controller);
    try {
      await call('app_close_when_done', {}, { signal: controller.signal });
    } catch {
      // The user stays after all.
    }
    // Also where a job failed: its own screen says why.
    setWaiting(null);
    setJobs([]);
  };
  return (
    <Modal
      opened={jobs.length > 0}
      onClose={stay}
      title={t('close.title')}
      closeButtonProps={{ 'aria-label': t('close.stayOpen') }}
      size="lg"
      centered
    >
      <Stack gap="sm">
        {jobs.map((name) => (
          <div key={name}>
            <JobText name={name} />
            <Text size="sm" c="var(--ink-soft)" mt={4}>
              {waiting === null ? t(`close.ifStopped.${name}`) : t('close.waiting')}
            </Text>
          </div>
        ))}
      </Stack>
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={stay} data-autofocus>
          {t(waiting === null ? 'close.stay' : 'close.stayOpen')}
        </Button>
        {waiting === null && (
          <Button variant="default" onClick={() => void closeWhenDone()}>
            {t('close.whenDone')}
          </Button>
        )}
        <Button color="red" onClick={() => void call('app_close', {})}>
          {t('close.leave')}
        </Button>
      </Group>
    </Modal>
  );
}

function describe(commands: readonly string[]): Described[] {
  const names = commands.map((command) => described.find((name) => name === command) ?? 'other');
  return [...new Set(names)];
}

/** What runs; of the page's own export, how far it is. */
function JobText({ name }: { name: Described }) {
  const { t } = useTranslation();
  const { job } = useExportJob();
  const isOwnExport = name === 'ai_export_dataset' && job.state !== 'idle';
  return (
    <Text size="sm" fw={500}>
      {!isOwnExport && t(`close.job.${name}`)}
      {isOwnExport && job.state === 'running' && <ExportText job={job} />}
      {isOwnExport && job.state !== 'running' && t('close.exportEnded')}
    </Text>
  );
}

function ExportText({ job }: { job: Extract<Job, { state: 'running' }> }) {
  const { t } = useTranslation();
  const progress = useProgressText(job);
  return t('close.export', { name: nameOf(job.request.outputPath), progress });
}
