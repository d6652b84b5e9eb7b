import { Group, SegmentedControl, Text } from '@mantine/core';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import type { ExportPreview } from '../../../ipc/generated';
import { ExpandableLine } from './ExpandableLine';
import { linesByFile } from './files';
import classes from './Lines.module.css';
import { useKeptFocus } from './useKeptFocus';

interface Props {
  preview: ExportPreview;
  isOneFile: boolean;
}

/** The first lines of each file, as they will be written. */
export function Lines({ preview, isOneFile }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const files = linesByFile(preview, isOneFile);
  const [wanted, setWanted] = useState('');
  const [isReadable, setReadable] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const move = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const heads = [...(list.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
    const next = heads[heads.indexOf(event.currentTarget) + (step ?? 0)];
    if (step !== undefined && next !== undefined) {
      event.preventDefault();
      next.focus();
    }
  }, []);

  const file = files.find(({ name }) => name === wanted) ?? files[0];
  useKeptFocus(list, '[data-line]', preview);
  if (file === undefined) {
    return null;
  }
  return (
    <div>
      <Group justify="space-between" gap="sm" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('export.lines.file')}
          value={file.name}
          data={files.map(({ name, total }) => ({
            value: name,
            label: `${name === '' ? t('export.lines.oneFile') : name} · ${formats.number(total)}`,
          }))}
          onChange={setWanted}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('export.lines.shown')}
          value={isReadable ? 'readable' : 'written'}
          data={[
            { value: 'written', label: t('export.lines.written') },
            { value: 'readable', label: t('export.lines.readable') },
          ]}
          onChange={(value) => setReadable(value === 'readable')}
        />
      </Group>
      <ul ref={list} className={classes.lines}>
        {file.rows.map((row, place) => (
          <ExpandableLine
            key={row.record}
            row={row}
            number={place + 1}
            isReadable={isReadable}
            isTabStop={place === 0}
            onMove={move}
          />
        ))}
      </ul>
      {file.rows.length < file.total && (
        <Text size="xs" c="var(--ink-soft)" mt="xs">
          {t('export.lines.more', { count: file.total - file.rows.length })}
        </Text>
      )}
    </div>
  );
}
