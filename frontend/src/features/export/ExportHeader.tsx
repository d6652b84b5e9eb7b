import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../../app/ScreenHeader';
import { useFormats } from '../../i18n/formats';
import { pastExportsQuery } from '../exports/pastExports';
import classes from './ExportScreen.module.css';
import { useExportSession } from './session/ExportSession';

/** The screen's title with what it says just now, and the way between its two views. */
export function ExportHeader({ lead }: { lead: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { view, show } = useExportSession();
  const count = useQuery(pastExportsQuery).data?.exports.length ?? 0;
  return (
    <header className={classes.header}>
      <ScreenHeader title={t('screen.export')} lead={lead}>
        <SegmentedControl
          className={classes.views}
          aria-label={t('export.views')}
          value={view}
          data={[
            { value: 'new', label: t('export.view.new') },
            {
              value: 'past',
              label:
                count > 0
                  ? `${t('export.view.past')} · ${formats.number(count)}`
                  : t('export.view.past'),
            },
          ]}
          onChange={(value) => show(value as 'new' | 'past')}
        />
      </ScreenHeader>
    </header>
  );
}
