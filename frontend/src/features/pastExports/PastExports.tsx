import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { nameOf } from '../../app/nameOf';
import classes from '../../app/PickList.module.css';
import { ScreenFailure } from '../../app/ScreenFailure';
import { useRovingRows } from '../../app/useRovingRows';
import { Waiting } from '../../app/Waiting';
import { call } from '../../ipc/client';
import type { PastExportView } from '../../ipc/generated';
import { useExportSession } from '../export/session/ExportSession';
import { ExportReport } from './ExportReport';
import { PastExportItem } from './PastExportItem';
import own from './PastExports.module.css';
import { pastExportsQuery } from './pastExports';
import { standingOf } from './standing';

/** The exports made before: the list, and the report of one. */
export function PastExports() {
  const { t } = useTranslation();
  const { selected, showReport, show, replace } = useExportSession();
  const query = useQuery(pastExportsQuery);
  const { takenOff, takeOff, putBack, error } = useTakingOff();
  const exports = query.data?.exports ?? [];
  const place = Math.max(
    0,
    exports.findIndex(({ past }) => past.when === selected),
  );
  const shown = exports[place];
  const rover = useRovingRows(exports.length, place);
  if (query.isLoadingError) {
    return <ScreenFailure error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isPending) {
    return <Waiting />;
  }
  if (query.isSuccess && exports.length === 0 && takenOff === undefined) {
    return <NoExports isFirst onStart={() => show('new')} />;
  }
  return (
    <div className={classes.panes}>
      <nav className={classes.list} aria-label={t('exports.list')}>
        <div role="status">
          {takenOff !== undefined && (
            <p className={own.undo}>
              <span>{t('exports.forgotten', { name: nameOf(takenOff.past.report.output) })}</span>
              <Button flex="none" size="compact-xs" variant="subtle" onClick={putBack}>
                {t('exports.undo')}
              </Button>
            </p>
          )}
        </div>
        {(query.error ?? error) !== null && <FailureNote error={query.error ?? error} />}
        <ul onKeyDown={rover.onKeyDown}>
          {exports.map((view, at) => (
            <PastExportItem
              key={view.past.when}
              past={view.past}
              standing={standingOf(view, exports)}
              isShown={view === shown}
              row={rover.row(at)}
              tabIndex={rover.tabIndex(at)}
              onShow={() => showReport(view.past.when)}
              onTakeOff={() => takeOff(view)}
            />
          ))}
        </ul>
      </nav>
      {shown !== undefined && (
        <ExportReport
          key={shown.past.when}
          view={shown}
          standing={standingOf(shown, exports)}
          others={exports
            .filter((view) => view !== shown && standingOf(view, exports) === 'there')
            .map(({ past }) => past)}
          onTakeOff={() => takeOff(shown)}
          onReuse={() => {
            replace(shown.past.recipe);
            show('new');
          }}
        />
      )}
      {query.isSuccess && shown === undefined && (
        <NoExports isFirst={false} onStart={() => show('new')} />
      )}
    </div>
  );
}

/** What will stand here, and the way there. */
function NoExports({ isFirst, onStart }: { isFirst: boolean; onStart: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.empty}>
      <Text>{t(isFirst ? 'exports.empty' : 'exports.emptied')}</Text>
      <Text c="var(--ink-soft)" mt="xs">
        {t('exports.emptyHelp')}
      </Text>
      <Button mt="md" onClick={onStart}>
        {t(isFirst ? 'exports.first' : 'export.view.new')}
      </Button>
    </div>
  );
}

/** Takes exports off the list; the last one can be put back. */
function useTakingOff() {
  const queries = useQueryClient();
  const [takenOff, setTakenOff] = useState<PastExportView>();
  const change = useMutation({
    mutationFn: ({
      command,
      when,
    }: {
      command: 'exports_forget' | 'exports_restore';
      when: string;
    }) => call(command, { when }),
    onSuccess: (response) => queries.setQueryData(pastExportsQuery.queryKey, response),
  });
  return {
    takenOff,
    error: change.error,
    takeOff: (view: PastExportView) =>
      change.mutate(
        { command: 'exports_forget', when: view.past.when },
        { onSuccess: () => setTakenOff(view) },
      ),
    putBack: () =>
      takenOff !== undefined &&
      change.mutate(
        { command: 'exports_restore', when: takenOff.past.when },
        { onSuccess: () => setTakenOff(undefined) },
      ),
  };
}
