import { Group, NativeSelect, SegmentedControl, Text } from '@mantine/core';
import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCounts } from '../../../i18n/formats';
import type { ExportPreview } from '../../../ipc/generated';
import { type PreviewView, useExportSession } from '../session/ExportSession';
import type { Recipe } from '../session/recipe';
import { BUNDLED_TOKENIZERS } from '../tokenizers';
import { ExpandableLine } from './ExpandableLine';
import { linesByFile } from './files';
import classes from './Lines.module.css';
import { useKeptFocus } from './useKeptFocus';

interface Props {
  preview: ExportPreview;
  /** The recipe that the preview speaks of. */
  recipe: Recipe | undefined;
  isOneFile: boolean;
}

/** The first lines of each file, as they will be written. */
export function Lines({ preview, recipe, isOneFile }: Props) {
  const { t } = useTranslation();
  const isEstimated = preview.estimatedFrom !== null;
  const written = useCounts(isEstimated);
  const files = linesByFile(preview, isOneFile);
  const { preview: view, lookAt } = useExportSession();
  const { linesAs: shown } = view;
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

  const own = recipe?.tokens.tokenizer ?? '';
  const tokenizer = view.tokenizer ?? (own === '' ? 'mistral-v3' : own);
  const tokensOf = useMemo(
    () =>
      shown === 'tokens' && recipe !== undefined
        ? { ...recipe, tokens: { ...recipe.tokens, tokenizer } }
        : undefined,
    [shown, recipe, tokenizer],
  );
  const file = files.find(({ name }) => name === view.file) ?? files[0];
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
            label: `${name === '' ? t('export.lines.oneFile') : name} · ${written(total)}`,
          }))}
          onChange={(name) => lookAt({ file: name })}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('export.lines.shown')}
          value={shown}
          data={[
            { value: 'written', label: t('export.lines.written') },
            { value: 'readable', label: t('export.lines.readable') },
            { value: 'tokens', label: t('export.lines.tokens') },
          ]}
          onChange={(value) => lookAt({ linesAs: value as PreviewView['linesAs'] })}
        />
      </Group>
      {shown === 'tokens' && (
        <NativeSelect
          size="xs"
          mb="sm"
          maw="16rem"
          label={t('export.tokens.tokenizer')}
          value={tokenizer}
          data={[...new Set([...(own === '' ? [] : [own]), ...BUNDLED_TOKENIZERS])]}
          onChange={(event) => lookAt({ tokenizer: event.currentTarget.value })}
        />
      )}
      <ul ref={list} className={classes.lines}>
        {file.rows.map((row, place) => (
          <ExpandableLine
            key={row.record}
            row={row}
            number={isEstimated ? undefined : place + 1}
            isReadable={shown === 'readable'}
            tokensOf={tokensOf}
            isTabStop={place === 0}
            onMove={move}
          />
        ))}
      </ul>
      {file.rows.length < file.total && (
        <Text size="xs" c="var(--ink-soft)" mt="xs">
          {t('export.lines.more', {
            count: file.total - file.rows.length,
            written: written(file.total - file.rows.length),
          })}
        </Text>
      )}
    </div>
  );
}
