import { Badge, Loader, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { FirstTimeNote } from '../../../app/FirstTimeNote';
import { useCounts } from '../../../i18n/formats';
import type { ExportPreview, TokenReport } from '../../../ipc/generated';
import { MaskedCounts } from '../../privacy/MaskedCounts';
import { useTaskText } from '../output/useProgressText';
import { type PreviewView, useExportSession } from '../session/ExportSession';
import { placeOfFailure } from '../session/failures';
import type { PreviewState } from '../usePreview';
import { FatesPicture } from './FatesPicture';
import { Freshness } from './Freshness';
import { fateShares } from './fates';
import { Lines } from './Lines';
import { NearDuplicates } from './NearDuplicates';
import { NothingMatches } from './NothingMatches';
import { Notices } from './Notices';
import { PreviewCharts } from './PreviewCharts';
import classes from './PreviewPane.module.css';
import { Problems } from './Problems';
import { TokenSummary } from './TokenSummary';

interface Props {
  state: PreviewState;
  isOneFile: boolean;
  isPaused: boolean;
}

/** What the export would do, kept up with the form. */
export function PreviewPane({ state, isOneFile, isPaused }: Props) {
  const { t } = useTranslation();
  const { preview, previewed, error } = state;
  const { preview: view, lookAt } = useExportSession();
  const isEstimated = preview !== undefined && preview.estimatedFrom !== null;
  const describe = useTaskText();
  const isMasking = previewed?.sanitize.enabled ?? true;
  return (
    <section className={classes.pane} aria-label={t('export.preview.title')}>
      {preview === undefined && error === null && (
        <Text c="var(--ink-soft)" className={classes.waiting}>
          <Loader size="xs" /> {t('export.preview.first')}{' '}
          {state.progress === null ? <FirstTimeNote /> : describe(state.progress)}
        </Text>
      )}
      {error !== null && <PreviewFailure error={error} onRetry={state.refresh} />}
      {preview !== undefined && (
        <Tabs
          value={view.tab}
          onChange={(tab) => lookAt({ tab: tab as PreviewView['tab'] })}
          keepMounted={false}
          className={classes.tabs}
          data-old={!(state.isUpToDate || isPaused) || undefined}
        >
          <div className={classes.bar}>
            <Tabs.List className={classes.list}>
              <Tabs.Tab value="overview">{t('export.preview.overview')}</Tabs.Tab>
              <Tabs.Tab value="lines">{t('export.preview.lines')}</Tabs.Tab>
              <Tabs.Tab value="problems" rightSection={<ProblemCount preview={preview} />}>
                {t('export.preview.problems')}
              </Tabs.Tab>
            </Tabs.List>
            <Freshness state={state} isPaused={isPaused} />
          </div>
          <Tabs.Panel value="overview" className={classes.panel} tabIndex={0}>
            {preview.rows === 0 && <NothingMatches preview={preview} />}
            <Notices notices={preview.notices} />
            <FatesPicture {...preview} />
            {previewed !== undefined && (preview.fates.near_duplicate ?? 0) > 0 && (
              <NearDuplicates recipe={previewed} />
            )}
            {preview.rows > 0 && <PreviewCharts preview={preview} />}
            {preview.rows > 0 && (
              <section aria-label={t('privacy.masked.title')}>
                <h3 className={classes.heading}>{t('privacy.masked.title')}</h3>
                <MaskedCounts
                  masked={preview.masked}
                  isEnabled={isMasking}
                  isEstimated={isEstimated}
                  hasLink
                />
              </section>
            )}
            {preview.rows > 0 && preview.tokens !== null && <TokenPart report={preview.tokens} />}
          </Tabs.Panel>
          <Tabs.Panel value="lines" className={classes.panel}>
            {preview.rows === 0 && <NothingMatches preview={preview} />}
            <Lines preview={preview} recipe={previewed} isOneFile={isOneFile} />
          </Tabs.Panel>
          <Tabs.Panel value="problems" className={classes.panel} tabIndex={0}>
            {preview.problems.length === 0 ? (
              <Text c="var(--ink-soft)">
                {t(isEstimated ? 'export.problems.noneYet' : 'export.problems.none')}
              </Text>
            ) : (
              <Problems
                problems={preview.problems}
                fates={preview.fates}
                isEstimated={isEstimated}
              />
            )}
          </Tabs.Panel>
        </Tabs>
      )}
    </section>
  );
}

function TokenPart({ report }: { report: TokenReport }) {
  const { t } = useTranslation();
  const title = t('export.tokens.report.title', { tokenizer: report.tokenizer });
  return (
    <section aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      <TokenSummary report={report} />
    </section>
  );
}

/** A failure that belongs to a field is shown there. */
function PreviewFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  if (placeOfFailure(error) !== null) {
    return (
      <Text size="sm" c="var(--danger)" p="md">
        {t('export.preview.invalid')}
      </Text>
    );
  }
  return <FailureNote error={error} onRetry={onRetry} />;
}

function ProblemCount({ preview }: { preview: ExportPreview }) {
  const written = useCounts(preview.estimatedFrom !== null);
  const count = fateShares(preview.fates)
    .filter((share) => share.group === 'problem')
    .reduce((sum, share) => sum + share.count, 0);
  return count > 0 ? (
    <Badge size="sm" variant="light" color="red" className={classes.count}>
      {written(count)}
    </Badge>
  ) : null;
}
