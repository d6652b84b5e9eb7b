import { useTranslation } from 'react-i18next';
import { useSettings } from '../../ipc/settings';
import classes from './RecordLink.module.css';
import { placeOfRecord } from './recordName';
import { enterFolder, openRecord } from './view';

interface Props {
  record: string;
  /** The data folder that it was read from; that which is open where nothing is said. */
  root?: string;
  /** In a list that is walked by the arrow keys. */
  tabIndex?: number;
}

/** A record's name, which leads to where it is read and rated if its data folder is open. */
export function RecordLink({ record, root, tabIndex }: Props) {
  const { t } = useTranslation();
  const folder = useSettings().data?.dataFolder.path;
  const place = placeOfRecord(record);
  if (folder === undefined || place === null || (root ?? folder) !== folder) {
    return record;
  }
  return (
    // biome-ignore lint/a11y/useValidAnchor: it does lead to another screen.
    <a
      className={classes.link}
      href="#/conversations"
      {...(tabIndex !== undefined && { tabIndex })}
      title={t('conversations.openRecord')}
      onClick={() => {
        enterFolder(folder);
        openRecord(place.document, { focus: true, answer: place.answer });
      }}
    >
      {record}
    </a>
  );
}
