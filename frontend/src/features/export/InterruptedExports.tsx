import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../app/Notice';
import { nameOf } from '../../app/nameOf';
import { useFormats } from '../../i18n/formats';
import { call } from '../../ipc/client';
import type { InterruptedExport } from '../../ipc/generated';
import classes from './InterruptedExports.module.css';
import { useInterruptedExports } from './interrupted';
import { useExportSession } from './session/ExportSession';
import { interruptedKey, useExportJob } from './session/RunningExport';

/** What became of the exports that were killed, and the way to make them again. */
export function InterruptedExports() {
  const exports = useInterruptedExports();
  return (
    exports.length > 0 && (
      <div className={classes.list}>
        {exports.map((each) => (
          <Interrupted key={each.output} interrupted={each} />
        ))}
      </div>
    )
  );
}

function Interrupted({ interrupted }: { interrupted: InterruptedExport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const queries = useQueryClient();
  const { replace, setOutputPath, show } = useExportSession();
  const { job, start } = useExportJob();
  const { output, recipe, standing, when } = interrupted;
  const dismiss = useMutation({
    mutationFn: () => call('exports_interrupted_dismiss', { output }),
    onSettled: () => queries.invalidateQueries({ queryKey: interruptedKey }),
  });
  const exportAgain = () => {
    replace(recipe);
    setOutputPath(output);
    show('new');
    start({ outputPath: output, recipe });
  };
  return (
    <Notice title={t('export.interrupted.title', { name: nameOf(output) })}>
      <p className={classes.text} title={output}>
        {t('export.interrupted.when', { when: formats.moment(when) })}{' '}
        {t(`export.interrupted.standing.${standing}`)}
      </p>
      <Group gap="xs" className={classes.actions}>
        {standing !== 'new' && interrupted.isOfThisFolder && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={job.state === 'running'}
            onClick={exportAgain}
          >
            {t('export.interrupted.again')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={() => dismiss.mutate()}>
          {t('export.interrupted.dismiss')}
        </Button>
      </Group>
    </Notice>
  );
}
