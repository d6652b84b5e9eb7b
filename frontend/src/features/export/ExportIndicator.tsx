import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Indicator, IndicatorRing } from '../../app/Indicator';
import { useScreen } from '../../app/screens';
import { useFormats } from '../../i18n/formats';
import { useInterruptedExports } from './interrupted';
import { fractionDone, type Job } from './session/job';
import { useExportJob } from './session/RunningExport';

/**
 * The running export, seen from every screen; also says how it ended until somebody looks, and that
 * one was interrupted when the program last ran.
 */
export function ExportIndicator() {
  const { t } = useTranslation();
  const { job } = useExportJob();
  // The export screen itself says why an export failed.
  const isShownThere = useScreen() === 'export';
  const wasInterrupted = useInterruptedExports().length > 0;
  return (
    <>
      <VisuallyHidden role="status">
        <Announcement job={job} />
      </VisuallyHidden>
      {(job.state === 'running' ||
        job.state === 'done' ||
        (job.state === 'failed' && !isShownThere)) && <Sign job={job} />}
      {job.state === 'idle' && wasInterrupted && !isShownThere && (
        <Indicator
          screen="export"
          state="interrupted"
          sign={<IconAlertTriangle size={20} stroke={1.6} aria-hidden />}
          words={t('export.indicator.interrupted')}
        />
      )}
    </>
  );
}

/** Spoken once at each stage, not at each step. */
function Announcement({ job }: { job: Job }) {
  const { t } = useTranslation();
  switch (job.state) {
    case 'running':
      return t(`export.progress.stage.${job.progress?.stage ?? 'counting'}`);
    case 'done':
      return t('export.indicator.doneRows', { count: job.result.report.rows });
    case 'failed':
      return t('export.indicator.failed');
    default:
      return null;
  }
}

function Sign({ job }: { job: Extract<Job, { state: 'running' | 'done' | 'failed' }> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (job.state !== 'running') {
    const Icon = job.state === 'done' ? IconCircleCheck : IconCircleX;
    return (
      <Indicator
        screen="export"
        state={job.state}
        sign={<Icon size={20} stroke={1.6} aria-hidden />}
        words={t(`export.indicator.${job.state}`)}
      />
    );
  }
  const done = fractionDone(job.progress) ?? 0;
  return (
    <Indicator
      screen="export"
      state="running"
      sign={<IndicatorRing share={done} />}
      words={t('export.indicator.running', {
        share: formats.percent(Math.floor(done * 100) / 100),
      })}
    />
  );
}
