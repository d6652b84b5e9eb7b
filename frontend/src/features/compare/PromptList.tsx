import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HeldOutPrompt } from '../../ipc/generated';
import classes from './Compare.module.css';

interface Props {
  prompts: readonly HeldOutPrompt[];
  chosen: number | null;
  isDisabled: boolean;
  onChoose: (row: number) => void;
}

/** Questions that the training has not seen. */
export function PromptList({ prompts, chosen, isDisabled, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <ul className={classes.prompts} aria-label={t('compare.heldOut')}>
      {prompts.map((prompt) => (
        <li key={prompt.row}>
          <UnstyledButton
            className={classes.prompt}
            disabled={isDisabled}
            onClick={() => onChoose(prompt.row)}
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
