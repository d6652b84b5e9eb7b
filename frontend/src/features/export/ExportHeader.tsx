import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { WorkHeader } from '../../app/WorkScreen';
import { pastExportsQuery } from '../pastExports/pastExports';
import { InterruptedExports } from './InterruptedExports';
import { useExportSession } from './session/ExportSession';

/**
 * The screen's title with what it says just now, and the way between its two views. Under it, what
 * was interrupted.
 */
export function ExportHeader({ lead }: { lead: string }) {
  const { t } = useTranslation();
  const { view, show } = useExportSession();
  const count = useQuery(pastExportsQuery).data?.exports.length ?? 0;
  return (
    <div>
      <WorkHeader
        title={t('screen.export')}
        lead={lead}
        switchLabel={t('export.views')}
        view={view}
        views={[
          { view: 'new', label: t('export.view.new') },
          { view: 'past', label: t('export.view.past'), count },
        ]}
        onShow={show}
      />
      <InterruptedExports />
    </div>
  );
}
