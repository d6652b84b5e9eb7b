import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, memo, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../app/CopyButton';
import type { PreviewRow } from '../../../ipc/generated';
import { RecordLink } from '../../conversations/RecordLink';
import type { Recipe } from '../session/recipe';
import classes from './Lines.module.css';
import { MarkedText } from './MarkedText';
import { columnsOf } from './markers';
import { RowTokens } from './RowTokens';

const SHOWN_FOLDED = 240;

interface Props {
  row: PreviewRow;
  /** Its place in its file, from 1, where that is known. */
  number: number | undefined;
  isReadable: boolean;
  /** Shows the whole line as tokens instead, by the tokenizer that the recipe names. */
  tokensOf: Recipe | undefined;
  isTabStop: boolean;
  onMove: (event: KeyboardEvent<HTMLElement>) => void;
}

/** One line of the dataset: folded to its beginning, or whole. */
export const ExpandableLine = memo(function ExpandableLine({
  row,
  number,
  isReadable,
  tokensOf,
  isTabStop,
  onMove,
}: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const content = useId();
  return (
    <li className={classes.line}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={isOpen}
        aria-controls={content}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={onMove}
        data-line
      >
        <IconChevronRight size={14} aria-hidden data-open={isOpen || undefined} />
        <span className={classes.number}>{number}</span>
        <span className={classes.beginning}>
          <MarkedText text={row.line.slice(0, SHOWN_FOLDED)} />
        </span>
      </UnstyledButton>
      {isOpen && (
        <div id={content} className={classes.whole}>
          <div className={classes.source}>
            <span>
              <RecordLink record={row.record} />
            </span>
            <CopyButton text={row.line} label={t('export.lines.copy')} />
          </div>
          {tokensOf !== undefined ? (
            <RowTokens recipe={tokensOf} record={row.record} />
          ) : isReadable ? (
            <Columns line={row.line} />
          ) : (
            <pre>
              <MarkedText text={row.line} />
            </pre>
          )}
        </div>
      )}
    </li>
  );
});

function Columns({ line }: { line: string }) {
  return columnsOf(line).map(([name, text]) => (
    <div key={name}>
      <span className={classes.column}>{name}</span>
      <pre>
        <MarkedText text={text} />
      </pre>
    </div>
  ));
}
