import { Button, Kbd, Progress } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FirstTimeNote } from '../../../app/FirstTimeNote';
import { fractionDone, type Job } from '../session/job';
import { useExportJob } from '../session/RunningExport';
import classes from './OutputBar.module.css';
import { useProgressText } from './useProgressText';
import { useTakenOverFocus } from './useTakenOverFocus';

/** The running export: how far it is, and the way to stop it. */
export function ExportProgress({ job }: { job: Extract<Job, { state: 'running' }> }) {
  const { t } = useTranslation();
  const { cancel } = useExportJob();
  const text = useProgressText(job);
  const done = fractionDone(job.progress);
  const bar = useRef<HTMLElement>(null);
  // Not its button: a key that was meant for the form must not stop the export.
  useTakenOverFocus(bar);
  return (
    <section
      ref={bar}
      tabIndex={-1}
      className={classes.bar}
      aria-label={t('export.progress.title')}
    >
      <div className={classes.row}>
        <div className={classes.path}>
          <p className={classes.target}>
            {t('export.progress.to', { path: job.request.outputPath })}
          </p>
          <Progress.Root
            size="lg"
            my={6}
            role="progressbar"
            aria-label={t('export.progress.title')}
            aria-valuetext={text}
            {...(done !== null && { 'aria-valuenow': Math.round(done * 100) })}
          >
            <Progress.Section
              withAria={false}
              value={done === null ? 100 : done * 100}
              animated={done === null || done === 1}
              striped={done === null}
            />
          </Progress.Root>
          <p className={classes.note}>
            {text} {job.progress === null && <FirstTimeNote />}
          </p>
        </div>
        <div className={classes.buttons}>
          <Button
            variant="default"
            disabled={job.isStopping}
            rightSection={<Kbd className={classes.keys}>Esc</Kbd>}
            aria-keyshortcuts="Escape"
            onClick={cancel}
          >
            {t('export.progress.cancel')}
          </Button>
        </div>
      </div>
    </section>
  );
}
