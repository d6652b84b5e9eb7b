import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRovingRows } from '../../app/useRovingRows';
import type { HeldOutPrompt } from '../../ipc/generated';
import classes from './Compare.module.css';

interface Props {
  prompts: readonly HeldOutPrompt[];
  chosen: number | null;
  /** While a question is answered no other can be asked. */
  isResting: boolean;
  onChoose: (row: number) => void;
}

/** Questions that the training has not seen. */
export function PromptList({ prompts, chosen, isResting, onChoose }: Props) {
  const { t } = useTranslation();
  const place = prompts.findIndex(({ row }) => row === chosen);
  const rover = useRovingRows(prompts.length, Math.max(0, place));
  return (
    <ul className={classes.prompts} aria-label={t('compare.heldOut')} onKeyDown={rover.onKeyDown}>
      {prompts.map((prompt, at) => (
        <li key={prompt.row} {...rover.row(at)}>
          <UnstyledButton
            className={classes.prompt}
            tabIndex={rover.tabIndex(at)}
            // Not disabled: the one that was pressed keeps the focus.
            aria-disabled={isResting || undefined}
            onClick={() => !isResting && onChoose(prompt.row)}
            {...(prompt.row === chosen && { 'aria-current': 'true' })}
          >
            <span>{questionOf(prompt)}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** What was asked last; what came before is its context. */
export function questionOf(prompt: HeldOutPrompt): string {
  return prompt.messages.findLast(({ role }) => role === 'user')?.content ?? '';
}
