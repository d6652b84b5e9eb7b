import { Box, Group, Text, Title } from '@mantine/core';
import { IconFolderOpen, IconRepeat, IconSchool, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../app/ActionButton';
import { CodeLine } from '../../app/CodeLine';
import { CopyButton } from '../../app/CopyButton';
import { FailureNote } from '../../app/FailureNote';
import { IconAction } from '../../app/IconAction';
import { nameOf } from '../../app/nameOf';
import { goTo } from '../../app/screens';
import { useFormats } from '../../i18n/formats';
import { call } from '../../ipc/client';
import type { PastExport, PastExportView } from '../../ipc/generated';
import { FatesPicture } from '../export/preview/FatesPicture';
import { Notices } from '../export/preview/Notices';
import { Problems } from '../export/preview/Problems';
import { TokenSummary } from '../export/preview/TokenSummary';
import { useExportJob } from '../export/session/RunningExport';
import { MaskedCounts } from '../privacy/MaskedCounts';
import { useTrainingSession } from '../training/session/TrainingSession';
import { ComparePart } from './compare/ComparePart';
import classes from './ExportReport.module.css';
import { ExplainRow } from './explain/ExplainRow';
import { FilesTable } from './FilesTable';
import { RepairList } from './RepairList';
import { Sides } from './Sides';
import type { Standing } from './standing';
import { canTrainOn } from './trainable';
import { Verification } from './Verification';

interface Props {
  view: PastExportView;
  standing: Standing;
  /** The other exports whose datasets are still there. */
  others: readonly PastExport[];
  onTakeOff: () => void;
  onReuse: () => void;
}

/** What an export read, kept and wrote, and what to do with it now. */
export function ExportReport({ view, standing, others, onTakeOff, onReuse }: Props) {
  const { t } = useTranslation();
  const { past } = view;
  const { report } = past;
  return (
    <article className={classes.report} aria-labelledby="report-title">
      <ReportHeader {...{ view, standing, onTakeOff, onReuse }} />
      <Notices notices={report.notices} />
      <Part title={t('exports.files')}>
        <FilesTable report={report} />
      </Part>
      {standing === 'there' && <DatasetParts view={view} others={others} />}
      <Part title={t('exports.records')}>
        <FatesPicture {...report} />
        <RepairList repairs={report.repairs} />
        {Object.keys(report.splits).length > 1 && <Sides report={report} />}
      </Part>
      <Part title={t('privacy.masked.title')}>
        <MaskedCounts masked={report.masked} isEnabled={report.sanitized} />
      </Part>
      {report.tokens != null && (
        <Part title={t('export.tokens.report.title', { tokenizer: report.tokens.tokenizer })}>
          <TokenSummary report={report.tokens} />
        </Part>
      )}
      {report.problems.length > 0 && (
        <Part title={t('exports.problems')}>
          <Problems problems={report.problems} fates={report.fates} root={past.root} />
        </Part>
      )}
    </article>
  );
}

/** What can be done with a dataset that is still as it was exported. */
function DatasetParts({
  view: { past, loader, commandLine },
  others,
}: Pick<Props, 'view' | 'others'>) {
  const { t } = useTranslation();
  return (
    <>
      <Part title={t('exports.useIt')}>
        <CodeLine
          label={t('exports.loader')}
          code={loadingCode(loader)}
          copy={t('exports.copyLoader')}
        />
        <CodeLine label={t('exports.again')} code={commandLine} copy={t('exports.copyCommand')} />
      </Part>
      <Part title={t('exports.verify.title')}>
        <Verification when={past.when} />
      </Part>
      <Part title={t('exports.explain.title')}>
        <ExplainRow past={past} />
      </Part>
      <Part title={t('exports.compare.title')}>
        <ComparePart past={past} others={others} />
      </Part>
    </>
  );
}

/** What loads a dataset as it stands: a line alone would not know `load_dataset`. */
function loadingCode(loader: string): string {
  return `from datasets import load_dataset\n\ndataset = ${loader}`;
}

function ReportHeader({ view: { past }, standing, onTakeOff, onReuse }: Omit<Props, 'others'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reveal = useMutation({ mutationFn: () => call('exports_reveal', { when: past.when }) });
  const title = useFocusAfterExport(past.when);
  const { trainOn } = useTrainingSession();
  const { report } = past;
  const isTrainable = standing === 'there' && canTrainOn(past);
  return (
    <header>
      <Title order={2} size="h3" id="report-title" ref={title} tabIndex={-1}>
        {nameOf(report.output)}
      </Title>
      <Text size="sm" c="var(--ink-soft)">
        {t('exports.made', {
          count: report.rows,
          when: formats.moment(past.when),
          folder: past.root,
        })}
      </Text>
      <Text size="xs" ff="monospace" className={classes.path}>
        {report.output}
      </Text>
      {standing !== 'there' && (
        <Text size="sm" c="var(--danger)" mt={4}>
          {t(`exports.standingHelp.${standing}`)}
        </Text>
      )}
      <Group gap={6} mt="sm">
        {isTrainable && (
          <ActionButton
            icon={IconSchool}
            isMain
            onClick={() => {
              trainOn(report.output);
              goTo('training');
            }}
          >
            {t('exports.train')}
          </ActionButton>
        )}
        <ActionButton
          icon={IconFolderOpen}
          isMain={!isTrainable}
          disabled={standing === 'gone'}
          onClick={() => reveal.mutate()}
        >
          {t('exports.reveal')}
        </ActionButton>
        <ActionButton icon={IconRepeat} onClick={onReuse}>
          {t('exports.reuse')}
        </ActionButton>
        <CopyButton
          size="xs"
          label={t('exports.copyRecipe')}
          text={async () => (await call('recipe_format', { recipe: past.recipe })).toml}
        />
        <IconAction label={t('exports.forget')} onClick={onTakeOff}>
          <IconTrash size={16} />
        </IconAction>
      </Group>
      {reveal.isError && (
        <Box mt="sm">
          <FailureNote error={reveal.error} />
        </Box>
      )}
    </header>
  );
}

/** The report of an export that just finished takes the focus: the button that had it is gone. */
function useFocusAfterExport(when: string) {
  const { job, dismiss } = useExportJob();
  const title = useRef<HTMLHeadingElement>(null);
  const isNew = job.state === 'done' && job.result.when === when;
  useEffect(() => {
    if (isNew) {
      title.current?.focus();
      dismiss();
    }
  }, [isNew, dismiss]);
  return title;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
