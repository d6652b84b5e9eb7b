import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../app/CopyButton';
import { useFormats } from '../../i18n/formats';
import type { ExportReport } from '../../ipc/generated';
import classes from './ExportReport.module.css';

const SHOWN_DIGITS = 12;

/** The files of rows, with what proves that one is unchanged. */
export function FilesTable({ report }: { report: ExportReport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Table verticalSpacing={6} className={classes.files}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('exports.file')}</Table.Th>
          <Table.Th ta="right">{t('exports.rowCount')}</Table.Th>
          <Table.Th ta="right">{t('exports.size')}</Table.Th>
          <Table.Th>SHA-256</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {report.files.map((file) => (
          <Table.Tr key={file.path}>
            <Table.Td ff="monospace">{file.path}</Table.Td>
            <Table.Td ta="right">{formats.number(file.rows)}</Table.Td>
            <Table.Td ta="right">{formats.bytes(file.bytes)}</Table.Td>
            <Table.Td>
              <span className={classes.digest}>
                <code title={file.sha256}>{file.sha256.slice(0, SHOWN_DIGITS)}…</code>
                <CopyButton
                  text={file.sha256}
                  label={t('exports.copyDigest')}
                  name={t('exports.copyDigestOf', { file: file.path })}
                />
              </span>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
