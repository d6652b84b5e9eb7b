import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExportSession } from '../../export/session/ExportSession';
import { ForgetOutcome } from './ForgetOutcome';
import { ForgetPlanning } from './ForgetPlanning';
import { ForgetProgress } from './ForgetProgress';
import { useForgetting } from './useForgetting';

interface Props {
  /** Where the dataset lies from whose report the user comes, if from one. */
  path?: string;
  record: string;
  /** The conversation or document that the record belongs to. */
  origin: string;
  onClose: () => void;
}

/** Forgets a record: the plan is shown and agreed to, carried out, and can be taken back. */
export function ForgetDialog({ path, record, origin, onClose }: Props) {
  const { t } = useTranslation();
  const { showReport } = useExportSession();
  const [wanted, setWanted] = useState(record);
  const { forget, takeBack, progress, wasStopped, stop, refreshList } = useForgetting();
  const agreed = forget.variables;
  const isOver = forget.isSuccess || wasStopped;
  const close = async () => {
    onClose();
    if (isOver) {
      // A dataset that was made again has a report of its own, which stands in for the old one.
      const { exports } = await refreshList();
      const newest = exports.find(({ past }) => past.report.output === path);
      if (newest !== undefined) {
        showReport(newest.past.when);
      }
    }
  };
  return (
    <Modal
      opened
      onClose={() => !forget.isPending && void close()}
      title={t('exports.forgetting.title')}
      closeButtonProps={{ 'aria-label': t('exports.forgetting.close') }}
      withCloseButton={!forget.isPending}
      size="lg"
    >
      {forget.isPending && <ForgetProgress progress={progress} onStop={stop} />}
      {isOver && agreed !== undefined && (
        <ForgetOutcome
          plan={agreed}
          forgetting={forget.data?.forgetting}
          takeBack={takeBack}
          onGoOn={() => forget.mutate(agreed)}
          onClose={() => void close()}
        />
      )}
      {!forget.isPending && !isOver && (
        <ForgetPlanning
          choices={[...new Set([record, origin])]}
          wanted={wanted}
          onWant={setWanted}
          error={forget.error}
          onAgree={forget.mutate}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}
