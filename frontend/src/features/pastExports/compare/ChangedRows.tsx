import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Folded } from '../../../app/Folded';
import { useRovingRows } from '../../../app/useRovingRows';
import { useFormats } from '../../../i18n/formats';
import type { Changes, WhyView } from '../../../ipc/generated';
import { RecordLink } from '../../conversations/RecordLink';
import { placeOf } from '../explain/place';
import classes from './Compare.module.css';

interface Props {
  kind: 'added' | 'removed' | 'changed' | 'moved';
  changes: Changes;
  why: readonly WhyView[];
  /** The data folder of both exports; empty where they have different ones. */
  root: string;
}

/** The rows of one kind of change: how many for which reason, and the first ones by name. */
export function ChangedRows({ kind, changes: { count, rows }, why, root }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reason = useReason(kind, why);
  const more = count - rows.length;
  const rover = useRovingRows(rows.length);
  const placeText = (written: string) => {
    const { split, row } = placeOf(written);
    return t('exports.compare.placeOf', { split, line: formats.number(row + 1) });
  };
  return (
    <div className={classes.changes}>
      <h4>{t(`exports.compare.${kind}`, { count })}</h4>
      <ul className={classes.why}>
        {why.map((each) => (
          <li key={each.why}>
            <span>{reason(each.why)}</span>
            <span>{formats.number(each.rows)}</span>
          </li>
        ))}
      </ul>
      <Folded title={t('exports.compare.rows')}>
        <Table verticalSpacing={4} className={classes.rows}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('exports.compare.place')}</Table.Th>
              <Table.Th>{t('exports.compare.record')}</Table.Th>
              <Table.Th>{t('exports.compare.why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody onKeyDown={rover.onKeyDown}>
            {rows.map((row, at) => (
              <Table.Tr key={`${row.place} ${row.record}`} {...rover.row(at)}>
                <Table.Td className={classes.place}>{placeText(row.place)}</Table.Td>
                <Table.Td ff="monospace">
                  <RecordLink record={row.record} root={root} tabIndex={rover.tabIndex(at)} />
                </Table.Td>
                <Table.Td>{[reason(row.why), row.detail].filter(Boolean).join(' · ')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {more > 0 && <p>{t('exports.compare.more', { count: more })}</p>}
      </Folded>
    </div>
  );
}

/** Words a reason; that of an added row says what became of its record in the older dataset. */
function useReason(kind: Props['kind'], why: readonly WhyView[]) {
  const { t } = useTranslation();
  return (code: string) => {
    const line = why.find((each) => each.why === code)?.line ?? code;
    const was = kind === 'added' && code !== 'not_there_before';
    return was ? t('exports.compare.was', { why: line }) : line;
  };
}
