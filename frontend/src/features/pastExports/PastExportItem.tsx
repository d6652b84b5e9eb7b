import { Badge, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortNameOf } from '../../app/nameOf';
import classes from '../../app/PickList.module.css';
import type { Row } from '../../app/useRovingRows';
import { useFormats } from '../../i18n/formats';
import type { PastExport } from '../../ipc/generated';
import type { Standing } from './standing';

interface Props {
  past: PastExport;
  standing: Standing;
  isShown: boolean;
  /** Its part in the walk by the arrow keys. */
  row: Row;
  tabIndex: number;
  onShow: () => void;
  onTakeOff: () => void;
}

export function PastExportItem({
  past,
  standing,
  isShown,
  row,
  tabIndex,
  onShow,
  onTakeOff,
}: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { output, rows, splits, profile } = past.report;
  const sides = Object.entries(splits)
    .filter(([split]) => split !== 'all')
    .map(([split, count]) => `${split} ${formats.number(count)}`);
  return (
    <li {...row}>
      <UnstyledButton
        className={classes.item}
        tabIndex={tabIndex}
        onClick={onShow}
        onKeyDown={(event) => event.key === 'Delete' && onTakeOff()}
        {...(isShown && { 'aria-current': 'true' })}
      >
        <span className={classes.name} title={output}>
          {shortNameOf(output)}
          {standing !== 'there' && (
            <Badge size="xs" variant="default" style={{ flexShrink: 0 }}>
              {t(`exports.standing.${standing}`)}
            </Badge>
          )}
        </span>
        <span className={classes.fact}>{formats.moment(past.when)}</span>
        <span className={classes.fact} data-wraps>
          {[t('exports.rows', { count: rows }), ...sides, profile].join(' · ')}
        </span>
        <span className={classes.fact} title={output}>
          {output}
        </span>
      </UnstyledButton>
    </li>
  );
}
