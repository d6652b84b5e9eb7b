import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import type { BothSides, ExportReport, StratumRows } from '../../ipc/generated';
import classes from './ExportReport.module.css';

/** What stands on which side of the split: rows by source and language, and nothing on both. */
export function Sides({ report }: { report: ExportReport }) {
  const { splits, strata = [], bothSides } = report;
  return (
    <>
      <SplitProof {...bothSides} />
      {strata.length > 1 && <StrataTable sides={Object.keys(splits)} strata={strata} />}
    </>
  );
}

interface Strata {
  sides: readonly string[];
  strata: readonly StratumRows[];
}

function StrataTable({ sides, strata }: Strata) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Table verticalSpacing={4} className={classes.files} aria-label={t('exports.strata.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('exports.strata.source')}</Table.Th>
          <Table.Th>{t('exports.strata.language')}</Table.Th>
          {sides.map((side) => (
            <Table.Th key={side} ff="monospace" ta="right">
              {side}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {strata.map(({ source, language, rows }) => (
          <Table.Tr key={`${source} ${language}`}>
            <Table.Td ff="monospace" className={classes.path}>
              {source}
            </Table.Td>
            <Table.Td>{language || '—'}</Table.Td>
            {sides.map((side) => (
              <Table.Td key={side} ta="right">
                {formats.number(rows[side] ?? 0)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What stands on more than one side of the split, which should be nothing. */
function SplitProof({ conversations, nearDuplicates }: BothSides) {
  const { t } = useTranslation();
  const isClean = conversations === 0 && nearDuplicates === 0;
  return (
    <Text size="sm" c={isClean ? 'var(--ink-soft)' : 'var(--danger)'}>
      {isClean
        ? t('exports.split.clean')
        : t('exports.split.shared', {
            conversations: t('exports.split.conversations', { count: conversations }),
            rows: t('exports.split.rows', { count: nearDuplicates }),
          })}
    </Text>
  );
}
